using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Intake;

/// <summary>
/// Counted in items, kept across pruning: received = stored + duplicates + parked + quarantined + pending.
/// Pending is what sits in bodies not read yet (each body counts as one until it is read).
/// </summary>
public sealed record IntakeView(
    long Received, long Stored, long Duplicates, long Parked, long Quarantined, long Pending, double? OldestPendingSeconds,
    IReadOnlyList<NumberIntake> Numbers);

public sealed record NumberIntake(long Id, string PhoneNumberId, string Name, DateTime? LastWebhookAt, DateTime? LastMessageStoredAt);

public sealed class ReadIntake(Store store, TimeProvider clock)
{
    public Task<IntakeView> RunAsync(Caller caller, CancellationToken cancellationToken) => throw new NotImplementedException();
}
