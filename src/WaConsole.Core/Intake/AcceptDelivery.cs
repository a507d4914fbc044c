using Microsoft.Extensions.Options;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

public enum AcceptOutcome
{
    /// <summary>The bytes are on disk: answer 200.</summary>
    Stored,
    BadSignature,

    /// <summary>Nothing was kept, or nobody can tell: answer 503 with Retry-After, WhatsApp sends it again.</summary>
    StoreUnavailable,
}

/// <summary>Rung when webhooks were committed.</summary>
internal sealed class DeliveriesWaiting(TimeProvider clock) : WakeUp(clock);

/// <summary>
/// Verifies the signature over the raw bytes, commits them and returns: the 200 leaves only after the commit. Concurrent requests share one commit.
/// </summary>
public sealed class AcceptDelivery
{
    private readonly AccountDirectory _directory;
    private readonly DeliveryCommit _commit;
    private readonly IOptions<IntakeOptions> _options;

    internal AcceptDelivery(
        AccountDirectory directory, DeliveryCommit commit, IOptions<IntakeOptions> options)
    {
        _directory = directory;
        _commit = commit;
        _options = options;
    }

    /// <param name="body">Kept until it is stored: the caller must not write to it any more.</param>
    public async Task<AcceptOutcome> RunAsync(byte[] body, string? signature, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccountAccess> accounts;
        try
        {
            accounts = await _directory.AccountsAsync(cancellationToken);
        }
        catch (Exception failure) when (failure.IsStoreDown)
        {
            return AcceptOutcome.StoreUnavailable;
        }

        if (Signer(accounts, body, signature) is not { } signer)
        {
            return AcceptOutcome.BadSignature;
        }

        var patience = TimeSpan.FromSeconds(_options.Value.AcceptTimeoutSeconds);
        return await _commit.RunAsync(signer.Id, body, patience, cancellationToken)
            ? AcceptOutcome.Stored
            : AcceptOutcome.StoreUnavailable;
    }

    /// <summary>Which account the bytes are for is written inside them and cannot be believed before they are verified, so every secret is tried.</summary>
    private static AccountAccess? Signer(IReadOnlyList<AccountAccess> accounts, ReadOnlySpan<byte> body, string? signature)
    {
        AccountAccess? signer = null;
        foreach (var account in accounts)
        {
            // No early end: how long it takes must not tell which account signed.
            var verified = WebhookSignature.Verify(body, signature, account.AppSecrets);
            signer ??= verified ? account : null;
        }

        return signer;
    }
}
