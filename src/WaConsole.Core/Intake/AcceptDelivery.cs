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
    private readonly IntakeMemory _memory;
    private readonly IOptions<IntakeOptions> _options;

    internal AcceptDelivery(
        AccountDirectory directory, DeliveryCommit commit, IntakeMemory memory, IOptions<IntakeOptions> options)
    {
        _directory = directory;
        _commit = commit;
        _memory = memory;
        _options = options;
    }

    /// <param name="body">Kept until it is stored: the caller must not write to it any more.</param>
    public Task<AcceptOutcome> RunAsync(byte[] body, string? signature, CancellationToken cancellationToken) => _memory.TryTake(body.Length)
        ? RunAsync(new HeldBody(body, _memory), signature, cancellationToken)
        : Task.FromResult(AcceptOutcome.StoreUnavailable);

    /// <param name="body">Handed on: its memory is given back here, whatever becomes of it.</param>
    public async Task<AcceptOutcome> RunAsync(HeldBody body, string? signature, CancellationToken cancellationToken)
    {
        var isHandedOn = false;
        try
        {
            var signer = Signer(await _directory.AccountsAsync(cancellationToken), body.Bytes, signature);
            if (signer is null)
            {
                return AcceptOutcome.BadSignature;
            }

            var patience = TimeSpan.FromSeconds(_options.Value.AcceptTimeoutSeconds);
            isHandedOn = true;
            return await _commit.RunAsync(signer.Id, body, patience, cancellationToken)
                ? AcceptOutcome.Stored
                : AcceptOutcome.StoreUnavailable;
        }
        catch (Exception failure) when (!isHandedOn && failure.IsStoreDown)
        {
            return AcceptOutcome.StoreUnavailable;
        }
        finally
        {
            if (!isHandedOn)
            {
                body.Dispose();
            }
        }
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
