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
    /// <summary>Looked at by one question: all of a million at once would be one long question without a sign of life.</summary>
    private const int Step = 20_000;

    /// <summary>No contact was merged so often: it is a circle, which nobody writes but by hand.</summary>
    private const int LongestChain = 100;

    private sealed record Odd(long Id, long? ContactId, long MadeFor, bool HasKey);

    /// <param name="isAdopted">See <see cref="AdoptMarks.IsDueAsync"/>.</param>
    public static async Task RunAsync(WaConsoleDb db, bool isAdopted, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        for (long? from = 0; from is { } behind && found.Count < VerifyConsent.Enough;)
        {
            read(0);
            var upTo = await db.ConsentSubjects.Where(s => s.Id > behind).OrderBy(s => s.Id).Select(s => (long?)s.Id).Skip(Step).FirstOrDefaultAsync(cancellationToken);
            var within = db.ConsentSubjects.Where(s => s.Id > behind && s.Id <= (upTo ?? long.MaxValue));
            foreach (var suspect in await JudgeAsync(db, isAdopted, await OddAsync(db, within, cancellationToken), cancellationToken))
            {
                await ReportAsync(db, isAdopted, suspect.SubjectId!.Value, found, cancellationToken);
            }

            from = upTo;
        }

        await UndoneAsync(db, found, cancellationToken);
    }

    /// <summary>Every one but those with a key that are with the contact they were made for, which stands by itself.</summary>
    private static Task<List<Odd>> OddAsync(WaConsoleDb db, IQueryable<ConsentSubject> among, CancellationToken cancellationToken) => among
        .Where(s => s.KeyProtected == null || s.ContactId != s.MadeFor || !db.Contacts.Any(c => c.Id == s.ContactId && c.MergedIntoId == null))
        .OrderBy(s => s.Id)
        .Select(s => new Odd(s.Id, s.ContactId, s.MadeFor, s.KeyProtected != null))
        .ToListAsync(cancellationToken);

    /// <summary>A merge or an erasure may have come between the questions.</summary>
    private static async Task ReportAsync(WaConsoleDb db, bool isAdopted, long subjectId, List<Tampering> found, CancellationToken cancellationToken)
    {
        if (found.Count >= VerifyConsent.Enough)
        {
            return;
        }

        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        found.AddRange(await JudgeAsync(db, isAdopted, await OddAsync(db, db.ConsentSubjects.Where(s => s.Id == subjectId), cancellationToken), cancellationToken));
    }

    private static async Task<List<Tampering>> JudgeAsync(WaConsoleDb db, bool isAdopted, List<Odd> odd, CancellationToken cancellationToken)
    {
        var gone = odd.Where(one => !one.HasKey).Select(one => one.Id).ToArray();
        var erased = (await MarkDeeds.Erasures(db).Where(e => EF.Parameter(gone).Contains(e.SubjectId)).Select(e => e.SubjectId).ToListAsync(cancellationToken)).ToHashSet();
        if (gone.Length > erased.Count && !isAdopted)
        {
            erased.UnionWith((await AdoptMarks.ErasedAsync(db, cancellationToken)).Select(subject => subject.Id));
        }

        var holders = await HoldersAsync(db, [.. odd.Where(one => one is { HasKey: true, ContactId: not null }).Select(one => one.MadeFor).Distinct()], cancellationToken);
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
            else if (one.ContactId is null || holders[one.MadeFor] != one.ContactId)
            {
                found.Add(await OfAsync(db, TamperKind.SubjectMoved, one.Id, one.MadeFor, cancellationToken));
            }
        }

        return found;
    }

    /// <summary>Who each of these contacts is now, by the merges; null when that one is gone.</summary>
    private static async Task<Dictionary<long, long?>> HoldersAsync(WaConsoleDb db, IReadOnlyCollection<long> contacts, CancellationToken cancellationToken)
    {
        var holders = contacts.ToDictionary(id => id, id => (long?)id);
        List<long> moving = [.. contacts];
        for (var step = 0; moving.Count > 0 && step < LongestChain; step++)
        {
            var ids = moving.Select(id => holders[id]!.Value).Distinct().ToArray();
            var mergedInto = await db.Contacts.Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.MergedIntoId, cancellationToken);
            List<long> still = [];
            foreach (var id in moving)
            {
                if (!mergedInto.TryGetValue(holders[id]!.Value, out var next))
                {
                    holders[id] = null;
                }
                else if (next is not null)
                {
                    holders[id] = next;
                    still.Add(id);
                }
            }

            moving = still;
        }

        moving.ForEach(id => holders[id] = null);
        return holders;
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
