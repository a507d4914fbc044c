using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Writes down once what erasures left before entries named marks: who was erased, and the marks there are. Due only while there are erasures of
/// the old forms, which nobody can write any more, and no entry of this kind, which cannot go without being missed: what is removed or made up
/// later is not adopted.
/// </summary>
internal sealed class AdoptMarks(Store store, WriterLane lane)
{
    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await IsDueAsync(db, cancellationToken))
        {
            return;
        }

        using var place = await lane.EnterForBatchAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ConsentLock.TakeAsync(db, cancellationToken);
        if (await IsDueAsync(db, cancellationToken))
        {
            await AdoptAsync(db, beat, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Until it has run once, marks and erased subjects of before are taken as they are.</summary>
    public static async Task<bool> IsDueAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        !await MarkDeeds.Erasures(db).AnyAsync(e => e.Source == ConsentSource.Earlier, cancellationToken)
        && await OldErasures(db).AnyAsync(cancellationToken);

    /// <summary>Erased before the upgrade, and by an erasure on record.</summary>
    public static async Task<List<ConsentSubject>> ErasedAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var named = (await OldErasures(db).Select(e => e.SubjectId).Distinct().ToListAsync(cancellationToken)).ToHashSet();
        var gone = await db.ConsentSubjects.AsNoTracking()
            .Where(s => s.KeyProtected == null && s.ContactId == null && s.ErasedAtUtc != null && !MarkDeeds.Erasures(db).Any(e => e.SubjectId == s.Id))
            .OrderBy(s => s.Id).ToListAsync(cancellationToken);

        // One erasure wrote one entry, under one of the person's subjects, and one moment on all of them.
        var moments = gone.Where(subject => named.Contains(subject.Id)).Select(subject => subject.ErasedAtUtc!.Value).ToHashSet();
        return gone.FindAll(subject => moments.Contains(subject.ErasedAtUtc!.Value));
    }

    private static IQueryable<ConsentEntry> OldErasures(WaConsoleDb db) => db.ConsentEntries.Where(e =>
        e.Action == ConsentAction.Erased && e.Source == ConsentSource.Erasure && e.Form < EntryMac.FormWithMarks);

    private static async Task AdoptAsync(WaConsoleDb db, Action beat, CancellationToken cancellationToken)
    {
        var erased = await ErasedAsync(db, cancellationToken);
        foreach (var subject in erased)
        {
            beat();
            await WriteAsync(db, subject, subject.ErasedAtUtc!.Value, [], cancellationToken);
        }

        if (erased.Count == 0)
        {
            return;
        }

        var named = new HashSet<string>();
        foreach (var entry in await MarkDeeds.In(db).Select(e => e.Marks!).ToListAsync(cancellationToken))
        {
            named.UnionWith(MarkDeeds.Unpack(entry));
        }

        var marks = await db.ConsentSuppressions.AsNoTracking().OrderBy(m => m.Mark).ToListAsync(cancellationToken);
        foreach (var together in marks.Where(mark => !named.Contains(mark.Mark)).GroupBy(mark => EntryMac.Kept(mark.AtUtc)))
        {
            beat();
            await WriteAsync(db, erased[0], together.Key, [.. together.Select(mark => mark.Mark)], cancellationToken);
        }
    }

    private static async Task WriteAsync(WaConsoleDb db, ConsentSubject subject, DateTime atUtc, IReadOnlyList<string> marks, CancellationToken cancellationToken)
    {
        await KeepConsent.AppendAsync(
            db, new Contact(), subject, new NewConsent(ConsentPurpose.All, ConsentAction.Erased, ConsentSource.Earlier, atUtc) { Marks = marks }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
