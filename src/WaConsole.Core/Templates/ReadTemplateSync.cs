using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates;

/// <param name="Read">Templates read so far while it runs.</param>
/// <param name="Known">How many there were, to measure by.</param>
public sealed record TemplateSyncState(bool IsRunning, int Read, int Known, DateTime? SyncedAtUtc);

/// <summary>How far the reading of an account's templates is. TemplateSyncMoved says when to look again.</summary>
public sealed class ReadTemplateSync(Store store, SyncTemplates sync)
{
    /// <returns>Null when the caller does not see the account.</returns>
    public async Task<TemplateSyncState?> RunAsync(Caller caller, long businessAccountId, CancellationToken cancellationToken)
    {
        // Not from the row: a reading that was cut off leaves there where the next one goes on.
        var isRunning = sync.IsRunning(businessAccountId);
        await using var db = await store.OpenAsync(cancellationToken);
        return await TemplateAccess.MaySeeAccountAsync(db, caller, businessAccountId, cancellationToken)
            ? await db.BusinessAccounts.AsNoTracking().Where(a => a.Id == businessAccountId)
                .Select(a => new TemplateSyncState(
                    isRunning, a.TemplatesSyncCount,
                    db.Templates.Count(t => t.BusinessAccountId == a.Id && t.DeletedAtUtc == null),
                    // One that began because it was asked for has set the mark already, and is not done.
                    a.TemplatesSyncedAtUtc >= a.TemplatesSyncStartedAtUtc ? null : a.TemplatesSyncedAtUtc))
                .SingleOrDefaultAsync(cancellationToken)
            : null;
    }
}
