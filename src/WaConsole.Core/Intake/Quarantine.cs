using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Intake;

public sealed record QuarantineRow(long Id, DateTime QuarantinedAtUtc, string Reason, int SizeBytes, int Replays);

/// <summary>Items that could not be handled, newest first, for admins: look at the reason, read the raw body, replay.</summary>
public sealed class Quarantine(Store store)
{
    public Task<IReadOnlyList<QuarantineRow>> ListAsync(Caller caller, int limit, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <returns>The raw body as text, or null.</returns>
    public Task<string?> ReadBodyAsync(Caller caller, long id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Handles the item once more; it leaves the quarantine when that works. Returns the reason when it does not.</summary>
    public Task<string?> ReplayAsync(Caller caller, long id, CancellationToken cancellationToken) => throw new NotImplementedException();
}
