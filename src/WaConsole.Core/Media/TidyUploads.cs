using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>
/// Deletes uploads nobody sent: a person's after a day outside every draft, a program's after thirty, for which it may have kept the id.
/// In small portions, so that no other writer waits.
/// </summary>
internal sealed class TidyUploads(Store store, WriterLane lane, MediaStore files, TimeProvider clock)
{
    public static readonly TimeSpan KeepOfPeople = TimeSpan.FromDays(1);
    public static readonly TimeSpan KeepOfPrograms = TimeSpan.FromDays(30);

    private const int Portion = 100;

    public async Task RunAsync(Action portionDone, CancellationToken cancellationToken)
    {
        files.RemoveUnfinished(clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(1));
        for (long? after = 0; after is not null; after = await PortionAsync(after.Value, cancellationToken))
        {
            portionDone();
        }
    }

    /// <returns>Where the next portion begins; null after the last.</returns>
    private async Task<long?> PortionAsync(long after, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (people, programs) = (now - KeepOfPeople, now - KeepOfPrograms);
        await using var db = await store.OpenAsync(cancellationToken);
        var old = await UnsentUploads.Abandoned(db)
            .Where(f => f.Id > after && f.CreatedAtUtc < (f.UploadedByApiKeyId == null ? people : programs))
            .OrderBy(f => f.Id).Take(Portion).Select(f => f.Id).ToListAsync(cancellationToken);
        if (old.Count == 0)
        {
            return null;
        }

        foreach (var id in old)
        {
            using var place = await lane.EnterAsync(cancellationToken);
            await UnsentUploads.DeleteAsync(db, files, id, cancellationToken);
        }

        return old.Count < Portion ? null : old[^1];
    }
}
