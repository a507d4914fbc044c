namespace WaConsole.CloudApi;

/// <summary>Whether the customer may have received what the failed call was sending.</summary>
public enum SendFate
{
    /// <summary>Certainly not: nothing left this machine, or Meta refused it.</summary>
    NotSent,

    /// <summary>
    /// Nobody can tell. The API knows no idempotency key, so repeating may send twice: wait for a status webhook with
    /// the message's callback data.
    /// </summary>
    MaybeSent,
}

/// <summary>What went wrong with a call.</summary>
public enum CloudApiFault
{
    /// <summary>Meta answered with an error; see <see cref="CloudApiException.Error"/>.</summary>
    Refused,

    /// <summary>No connection could be made: refused, no such host, or TLS failed.</summary>
    Unreachable,

    /// <summary>The connection broke before the whole answer was here.</summary>
    ConnectionLost,

    /// <summary>The call's time ran out.</summary>
    TimedOut,

    /// <summary>The answer was not what the API promises (also: a redirect, which is never followed).</summary>
    UnreadableAnswer,

    /// <summary>The media address has expired (five minutes): ask for a new one and try again.</summary>
    MediaUrlExpired,

    /// <summary>The file is larger than the caller allowed.</summary>
    MediaTooLarge,

    /// <summary>The address may not see the access token, so it was not called.</summary>
    ForbiddenAddress,

    /// <summary>
    /// The access token is empty or holds characters no token has. Carries code 190, as Meta would answer.
    /// </summary>
    UnusableToken,

    /// <summary>The file is not the one that was announced: its hash differs.</summary>
    MediaDamaged,
}

/// <summary>A call failed. The message holds codes only, so it may be logged.</summary>
public sealed class CloudApiException(
    CloudApiFault fault,
    CloudApiError error,
    SendFate fate,
    TimeSpan? retryAfter = null,
    Exception? cause = null)
    : Exception($"Cloud API call failed: {fault}, {error}, {fate}.", cause)
{
    public CloudApiFault Fault { get; } = fault;

    public CloudApiError Error { get; } = error;

    public SendFate Fate { get; } = fate;

    /// <summary>How long Meta asks to wait, when it said so.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How much of Meta's limits is used, when the answer said so.</summary>
    public ApiUsage? Usage { get; init; }

    public bool MediaUrlExpired => Fault == CloudApiFault.MediaUrlExpired;
}
