using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

public abstract record UndoMergeOutcome
{
    private UndoMergeOutcome()
    {
    }

    /// <summary><see cref="RestoredId"/> is the contact that is back.</summary>
    public sealed record Undone(long RestoredId) : UndoMergeOutcome;

    public sealed record Refused(string Sentence) : UndoMergeOutcome;

    public sealed record NoSuchMerge : UndoMergeOutcome;
}

/// <summary>
/// Takes a merge back: identifiers, threads, messages, drafts, labels, fields, notes and blocks are whose they were. What was written or
/// changed since stays with the contact that stayed. The newest merge of a contact comes first.
/// </summary>
public sealed class UndoMerge
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal UndoMerge(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<UndoMergeOutcome> RunAsync(Caller caller, long mergeId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = await db.ContactMerges.AsNoTracking().Where(m => m.Id == mergeId)
            .Select(m => new { m.StaysId, m.GoesId }).SingleOrDefaultAsync(cancellationToken);
        if (ids is null || !await ContactAccess.Seen(db, caller).AnyAsync(c => c.Id == ids.StaysId, cancellationToken))
        {
            return new UndoMergeOutcome.NoSuchMerge();
        }

        await MergeLocks.TakeAsync(db, ids.StaysId, ids.GoesId, cancellationToken);
        var merge = await db.ContactMerges.SingleAsync(m => m.Id == mergeId, cancellationToken);
        if (await ProblemAsync(db, caller, merge, cancellationToken) is { } problem)
        {
            return new UndoMergeOutcome.Refused(Texts.Contacts.Of(problem));
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        await RestoreMerge.ApplyAsync(db, merge, MergeSnapshot.Read(merge.SnapshotJson!), cancellationToken);
        (merge.UndoneAtUtc, merge.UndoneByName, merge.SnapshotJson) = (now, caller.Name, null);
        await db.SaveChangesAsync(cancellationToken);
        await db.ContactMergeRows.Where(row => row.MergeId == mergeId).ExecuteDeleteAsync(cancellationToken);
        var rows = await db.Conversations.Where(c => c.ContactId == merge.StaysId || c.ContactId == merge.GoesId)
            .Select(c => new { c.NumberId, c.Id }).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var changes = new ChangeSet();
        rows.ForEach(row => changes.Row(row.NumberId, row.Id));
        changes.Add(new ContactChanged(merge.StaysId));
        changes.Add(new ContactChanged(merge.GoesId));
        changes.PublishTo(_live);
        return new UndoMergeOutcome.Undone(merge.GoesId);
    }

    private async Task<string?> ProblemAsync(WaConsoleDb db, Caller caller, ContactMerge merge, CancellationToken cancellationToken)
    {
        if (merge.UndoneAtUtc is not null)
        {
            return "UndoDone";
        }

        if (merge.SnapshotJson is null || merge.UndoUntilUtc <= _clock.GetUtcNow().UtcDateTime)
        {
            return "UndoTooLate";
        }

        var numbers = await db.Conversations.Where(c => c.ContactId == merge.StaysId).Select(c => c.NumberId).ToListAsync(cancellationToken);
        if (numbers.Any(number => !caller.MaySeeNumber(number)))
        {
            return "MergeNotSeen";
        }

        var later = await db.ContactMerges.AnyAsync(
            m => m.Id > merge.Id && m.UndoneAtUtc == null && (m.StaysId == merge.StaysId || m.GoesId == merge.StaysId), cancellationToken);

        // Merged once more without a person, by what WhatsApp sent: there is no record to take that back first.
        var absorbed = await db.Contacts.AnyAsync(
            c => (c.Id == merge.StaysId && c.MergedIntoId != null) || (c.Id == merge.GoesId && c.MergedIntoId != merge.StaysId), cancellationToken);
        return later || absorbed ? "UndoLaterFirst" : null;
    }
}
