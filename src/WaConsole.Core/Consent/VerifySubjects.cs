using System.Data;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Whether every subject is with the contact it was made for, or with whom that one was merged into, and has its key; or else was erased by an
/// entry that says so.
/// </summary>
internal static class VerifySubjects
{
    private const int Step = 1_000;

    private sealed record Odd(long Id, long? ContactId, long MadeFor, bool HasKey);

    public static async Task RunAsync(WaConsoleDb db, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        var last = 0L;
        while (found.Count < VerifyConsent.Enough)
        {
            read(0);
            var behind = last;
            var page = await OddAsync(db, db.ConsentSubjects.Where(s => s.Id > behind), cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            foreach (var suspect in await JudgeAsync(db, page, cancellationToken))
            {
                await ReportAsync(db, suspect.SubjectId!.Value, found, cancellationToken);
            }

            last = page[^1].Id;
        }

        await UndoneAsync(db, found, cancellationToken);
    }

    /// <summary>Every one but those with a key that are with the contact they were made for, which stands by itself.</summary>
    private static Task<List<Odd>> OddAsync(WaConsoleDb db, IQueryable<ConsentSubject> among, CancellationToken cancellationToken) => among
        .Where(s => s.KeyProtected == null || s.ContactId != s.MadeFor || !db.Contacts.Any(c => c.Id == s.ContactId && c.MergedIntoId == null))
        .OrderBy(s => s.Id)
        .Take(Step)
        .Select(s => new Odd(s.Id, s.ContactId, s.MadeFor, s.KeyProtected != null))
        .ToListAsync(cancellationToken);

    /// <summary>A merge or an erasure may have come between the questions.</summary>
    private static async Task ReportAsync(WaConsoleDb db, long subjectId, List<Tampering> found, CancellationToken cancellationToken)
    {
        if (found.Count >= VerifyConsent.Enough)
        {
            return;
        }

        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        found.AddRange(await JudgeAsync(db, await OddAsync(db, db.ConsentSubjects.Where(s => s.Id == subjectId), cancellationToken), cancellationToken));
    }

    private static async Task<List<Tampering>> JudgeAsync(WaConsoleDb db, List<Odd> odd, CancellationToken cancellationToken)
    {
        var gone = odd.Where(one => !one.HasKey).Select(one => one.Id).ToArray();
        var erased = (await MarkDeeds.Erasures(db).Where(e => EF.Parameter(gone).Contains(e.SubjectId)).Select(e => e.SubjectId).ToListAsync(cancellationToken)).ToHashSet();
        if (gone.Length > erased.Count && await AdoptMarks.IsDueAsync(db, cancellationToken))
        {
            erased.UnionWith((await AdoptMarks.ErasedAsync(db, cancellationToken)).Select(subject => subject.Id));
        }

        List<Tampering> found = [];
        foreach (var one in odd)
        {
            if (!one.HasKey)
            {
                if (!erased.Contains(one.Id))
                {
                    found.Add(await OfAsync(db, TamperKind.KeyMissing, one.Id, one.MadeFor, cancellationToken));
                }
            }
            else if (one.ContactId is null || await HolderAsync(db, one.MadeFor, cancellationToken) != one.ContactId)
            {
                found.Add(await OfAsync(db, TamperKind.SubjectMoved, one.Id, one.MadeFor, cancellationToken));
            }
        }

        return found;
    }

    /// <summary>Who a contact is now, by the merges; null when that one is gone.</summary>
    private static async Task<long?> HolderAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        HashSet<long> seen = [];
        for (long? at = contactId; at is { } id && seen.Add(id);)
        {
            if (await db.Contacts.Where(c => c.Id == id).Select(c => new { c.MergedIntoId }).SingleOrDefaultAsync(cancellationToken) is not { } contact)
            {
                return null;
            }

            if (contact.MergedIntoId is null)
            {
                return id;
            }

            at = contact.MergedIntoId;
        }

        return null;
    }

    /// <summary>Who was erased by an entry and has a key or a contact all the same.</summary>
    private static async Task UndoneAsync(WaConsoleDb db, List<Tampering> found, CancellationToken cancellationToken)
    {
        var undone = await db.ConsentSubjects
            .Where(s => (s.KeyProtected != null || s.ContactId != null) && MarkDeeds.Erasures(db).Select(e => e.SubjectId).Contains(s.Id))
            .OrderBy(s => s.Id).Select(s => new { s.Id, s.MadeFor }).Take(Math.Max(0, VerifyConsent.Enough - found.Count)).ToListAsync(cancellationToken);
        foreach (var one in undone.Where(one => !found.Exists(other => other.SubjectId == one.Id)))
        {
            found.Add(await OfAsync(db, TamperKind.ErasureUndone, one.Id, one.MadeFor, cancellationToken));
        }
    }

    private static async Task<Tampering> OfAsync(WaConsoleDb db, TamperKind kind, long subjectId, long contactId, CancellationToken cancellationToken) =>
        new(kind, await db.ConsentEntries.Where(e => e.SubjectId == subjectId).MaxAsync(e => (long?)e.Id, cancellationToken), null)
        {
            SubjectId = subjectId,
            ContactId = contactId,
        };
}
