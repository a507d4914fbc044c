using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights;

/// <summary>
/// Removes what is older than the business decided to keep it, in small portions. The registry of consent is not among it: its entries go with
/// the person. A message that is still on its way stays, however old.
/// </summary>
internal sealed class SweepOld(Store store, WriterLane lane, MediaStore files, DropImportFile dropImport, TimeProvider clock)
{
    private const int Portion = 200;

    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        var terms = await TermsAsync(cancellationToken);
        await PortionsAsync(terms.MessageDays, MessagesAsync, beat, cancellationToken);
        await PortionsAsync(terms.FileDays, FilesAsync, beat, cancellationToken);
        await PortionsAsync(terms.AuditDays, AuditAsync, beat, cancellationToken);
        await PortionsAsync(terms.QuarantineDays, QuarantineAsync, beat, cancellationToken);
        await PortionsAsync(terms.ImportFileDays, ImportsAsync, beat, cancellationToken);
        await PortionsAsync(1, UnusedProofsAsync, beat, cancellationToken);
    }

    private async Task<RetentionTerms> TermsAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.ConsentSettings.Select(s => s.RetentionJson).SingleOrDefaultAsync(cancellationToken) is { } json ? RetentionTerms.Read(json) : new();
    }

    private async Task PortionsAsync(
        int? days, Func<DateTime, CancellationToken, Task<int>> remove, Action beat, CancellationToken cancellationToken)
    {
        if (days is not { } kept)
        {
            return;
        }

        var before = clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(kept);
        do
        {
            beat();
        }
        while (await remove(before, cancellationToken) == Portion);
    }

    private async Task<int> MessagesAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);

        // Numbers grow with time: looking past the first one that is young enough would read all of the table each night.
        var first = await db.Messages.AsNoTracking()
            .Where(m => !db.Outbox.Any(e => e.MessageId == m.Id && (e.State == OutboxState.Waiting || e.State == OutboxState.Sending)))
            .OrderBy(m => m.Id).Take(Portion).Select(m => new { m.Id, m.ConversationId, m.MediaFileId, m.CreatedAtUtc }).ToListAsync(cancellationToken);
        var old = first.TakeWhile(m => m.CreatedAtUtc < before).ToList();
        var (ids, threads) = (old.ConvertAll(m => m.Id), old.Select(m => m.ConversationId).Distinct().ToArray());
        List<Guid> gone;
        using (await lane.EnterForBatchAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // One may have been put back into the queue since.
            var queued = await db.Outbox
                .Where(e => ids.Contains(e.MessageId) && (e.State == OutboxState.Waiting || e.State == OutboxState.Sending))
                .Select(e => e.MessageId).ToListAsync(cancellationToken);
            ids = [.. ids.Except(queued)];
            await db.Reactions.Where(r => ids.Contains(r.MessageId)).ExecuteDeleteAsync(cancellationToken);
            await db.MessageStatusFacts.Where(f => ids.Contains(f.MessageId)).ExecuteDeleteAsync(cancellationToken);
            await db.Outbox.Where(e => ids.Contains(e.MessageId)).ExecuteDeleteAsync(cancellationToken);
            await db.ToldNotices.Where(t => t.MessageId != null && ids.Contains(t.MessageId.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.MessageId, (long?)null), cancellationToken);
            await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
            await db.Conversations.Where(c => threads.Contains(c.Id) && c.LastMessageId != null && ids.Contains(c.LastMessageId.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastPreview, ""), cancellationToken);
            var media = old.Select(m => m.MediaFileId).OfType<long>().ToArray();
            gone = await ForgetFilesAsync(db, db.MediaFiles.Where(f => media.Contains(f.Id)), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        gone.ForEach(files.Delete);
        return old.Count;
    }

    private static async Task<List<Guid>> ForgetFilesAsync(WaConsoleDb db, IQueryable<MediaFile> among, CancellationToken cancellationToken)
    {
        var unused = among.Where(f => !f.IsInLibrary && !db.Messages.Any(m => m.MediaFileId == f.Id) && !db.TemplateDraftFiles.Any(d => d.MediaFileId == f.Id));
        var keys = await unused.Select(f => new { f.Id, f.Key, Copy = f.Sound == null ? null : f.Sound.CopyKey }).ToListAsync(cancellationToken);
        var ids = keys.ConvertAll(key => key.Id);
        await db.Sounds.Where(s => ids.Contains(s.MediaFileId)).ExecuteDeleteAsync(cancellationToken);
        await db.MediaFiles.Where(f => ids.Contains(f.Id)).ExecuteDeleteAsync(cancellationToken);
        return [.. keys.Select(key => key.Key), .. keys.Select(key => key.Copy).OfType<Guid>()];
    }

    private async Task<int> FilesAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var old = await db.MediaFiles.AsNoTracking()
            .Where(f => f.CreatedAtUtc < before && f.State == MediaState.Ready && f.ConversationId != null && !f.IsInLibrary
                && !db.TemplateDraftFiles.Any(d => d.MediaFileId == f.Id)
                && !db.Outbox.Any(e => e.Message.MediaFileId == f.Id && (e.State == OutboxState.Waiting || e.State == OutboxState.Sending)))
            .OrderBy(f => f.Id).Take(Portion).Select(f => new { f.Id, f.Key, Copy = f.Sound == null ? null : f.Sound.CopyKey }).ToListAsync(cancellationToken);
        var ids = old.ConvertAll(file => file.Id);
        var why = Texts.Media.Keep("RemovedByAge");
        using (await lane.EnterForBatchAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Sounds.Where(s => ids.Contains(s.MediaFileId)).ExecuteDeleteAsync(cancellationToken);
            await db.MediaFiles.Where(f => ids.Contains(f.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(f => f.State, MediaState.Failed).SetProperty(f => f.Failure, why).SetProperty(f => f.SourceUrl, (string?)null), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var key in old.Select(file => file.Key).Concat(old.Select(file => file.Copy).OfType<Guid>()))
        {
            files.Delete(key);
        }

        return old.Count;
    }

    private async Task<int> AuditAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var old = await db.ConsentAudits.Where(a => a.AtUtc < before).OrderBy(a => a.AtUtc).Take(Portion).Select(a => a.Id).ToListAsync(cancellationToken);
        using var place = await lane.EnterForBatchAsync(cancellationToken);
        return await db.ConsentAudits.Where(a => old.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<int> QuarantineAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var old = await db.QuarantinedItems.Where(q => q.QuarantinedAtUtc < before).OrderBy(q => q.Id).Take(Portion).Select(q => q.Id).ToListAsync(cancellationToken);
        var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime);
        using var place = await lane.EnterForBatchAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RemoveItems.ApplyAsync(db.QuarantinedItems.Where(q => old.Contains(q.Id)), tally, cancellationToken);
        await tally.SaveAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return old.Count;
    }

    private async Task<int> ImportsAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var old = await db.ConsentImports
            .Where(i => i.FileKey != null && i.State != ImportState.Checking && i.State != ImportState.Running && (i.FinishedAtUtc ?? i.CreatedAtUtc) < before)
            .OrderBy(i => i.Id).Take(Portion).Select(i => i.Id).ToListAsync(cancellationToken);
        foreach (var id in old)
        {
            await dropImport.RunAsync(id, cancellationToken);
        }

        return old.Count;
    }

    /// <summary>A proof that was uploaded for an entry nobody wrote.</summary>
    private async Task<int> UnusedProofsAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var old = await db.ConsentFiles.Where(f => f.SubjectId == null && f.CreatedAtUtc < before).OrderBy(f => f.Key).Take(Portion).Select(f => f.Key).ToListAsync(cancellationToken);
        using var place = await lane.EnterForBatchAsync(cancellationToken);
        foreach (var key in old)
        {
            if (await db.ConsentFiles.Where(f => f.Key == key && f.SubjectId == null).ExecuteDeleteAsync(cancellationToken) == 1)
            {
                files.Delete(key);
            }
        }

        return old.Count;
    }
}
