using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

public enum AcceptOutcome
{
    /// <summary>The bytes are on disk: answer 200.</summary>
    Stored,
    BadSignature,

    /// <summary>Nothing was kept: answer 503 with Retry-After, WhatsApp sends it again.</summary>
    StoreUnavailable,
}

/// <summary>
/// Verifies the signature over the raw bytes, commits them and returns: the 200 leaves only after the commit. Concurrent requests share one commit.
/// </summary>
public sealed class AcceptDelivery
{
    public Task<AcceptOutcome> RunAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
