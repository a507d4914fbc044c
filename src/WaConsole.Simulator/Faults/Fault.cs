namespace WaConsole.Simulator.Faults;

/// <summary>What can go wrong on request. The first group strikes a send, the second a webhook.</summary>
public enum FaultKind
{
    /// <summary>500 before anything was accepted.</summary>
    ServerError,

    /// <summary>503 before anything was accepted.</summary>
    Unavailable,

    /// <summary>The message goes out, the answer is a 500.</summary>
    ServerErrorAfterAccepting,

    /// <summary>The message goes out, the answer is a 503.</summary>
    UnavailableAfterAccepting,

    /// <summary>The message goes out, no answer comes: the connection is cut after <see cref="Fault.Milliseconds"/>.</summary>
    TimeoutAfterAccepting,

    /// <summary>HTTP 429 with code 4.</summary>
    TooManyRequests,

    /// <summary>Code 130429, the throughput of the number.</summary>
    Throughput,

    /// <summary>Code 131056, too many messages to this customer.</summary>
    PairLimit,

    /// <summary>The answer is late by <see cref="Fault.Milliseconds"/>.</summary>
    Slow,

    /// <summary>Code 190 on every call.</summary>
    TokenExpired,

    /// <summary>Accepted, then failed with <see cref="Fault.Code"/>.</summary>
    FailedStatus,

    /// <summary>A template is accepted as <c>held_for_quality_assessment</c> and sent when the fault is taken away.</summary>
    HeldForQuality,

    /// <summary>The webhooks of a send arrive before its answer.</summary>
    StatusBeforeAnswer,

    /// <summary>A webhook is delivered twice.</summary>
    WebhookDoubled,

    /// <summary>A webhook is late by <see cref="Fault.Milliseconds"/>; the ones after it are not.</summary>
    WebhookLate,

    /// <summary>A webhook changes places with the next one of the same customer.</summary>
    WebhookOutOfOrder,
}

/// <summary>A fault on the board: for the next <see cref="Next"/> chances, or with a <see cref="Rate"/> until taken away.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>How many times it strikes before it is used up. Without it, the rate decides.</summary>
    public int? Next { get; init; }

    /// <summary>Share of chances it strikes, 0 to 1.</summary>
    public double Rate { get; init; } = 1;

    public int Milliseconds { get; init; } = 1000;

    /// <summary>The error code of <see cref="FaultKind.FailedStatus"/>.</summary>
    public int Code { get; init; } = 131026;

    /// <summary>Only for sends from this number.</summary>
    public string? NumberId { get; init; }
}
