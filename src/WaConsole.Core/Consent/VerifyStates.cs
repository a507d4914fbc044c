using System.Data;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Whether the states that the gate reads are those that follow from the entries. States are rewritten with each entry, so that nothing of them
/// is sealed: they are derived once more and compared, also where there is a row too few or too many.
/// </summary>
internal static class VerifyStates
{
    private const int Step = 500;

    /// <returns>How many states there are.</returns>
    public static async Task<long> RunAsync(WaConsoleDb db, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        var last = 0L;
        while (found.Count < VerifyConsent.Enough)
        {
            var behind = last;
            var people = await db.ConsentSubjects.Where(s => s.ContactId > behind).Select(s => s.ContactId!.Value)
                .Union(db.ConsentStates.Where(s => s.ContactId > behind).Select(s => s.ContactId))
                .OrderBy(id => id).Take(Step).ToArrayAsync(cancellationToken);
            read(people.Length);
            if (people.Length == 0)
            {
                break;
            }

            var suspects = (await CompareAsync(db, people, cancellationToken)).Select(one => one.ContactId!.Value).Distinct().ToList();
            foreach (var suspect in suspects.Take(VerifyConsent.Enough - found.Count))
            {
                found.AddRange((await AtOneMomentAsync(db, suspect, cancellationToken)).Take(VerifyConsent.Enough - found.Count));
            }

            last = people[^1];
        }

        return await db.ConsentStates.LongCountAsync(cancellationToken);
    }

    /// <summary>An entry may have been written between the two questions: who looks wrong is read once more, as of one moment.</summary>
    private static async Task<List<Tampering>> AtOneMomentAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await CompareAsync(db, [contactId], cancellationToken);
    }

    private static async Task<List<Tampering>> CompareAsync(WaConsoleDb db, long[] people, CancellationToken cancellationToken)
    {
        var linesOf = await ReadStandings.LinesAsync(db, people, cancellationToken);
        var states = await db.ConsentStates.AsNoTracking().Where(s => EF.Parameter(people).Contains(s.ContactId)).ToListAsync(cancellationToken);
        var stateOf = states.ToDictionary(state => (state.ContactId, state.Purpose));
        List<Tampering> found = [];
        foreach (var (person, purpose) in people.SelectMany(person => ConsentLedger.Purposes.Select(purpose => (person, purpose))))
        {
            var standing = ConsentLedger.Stand(linesOf[person], purpose);
            stateOf.Remove((person, purpose), out var state);
            if (Difference(standing, state) is { } kind)
            {
                found.Add(Of(kind, person, purpose, state?.EntryId ?? standing.EntryId));
            }
        }

        found.AddRange(stateOf.Values.Select(state => Of(TamperKind.StateExtra, state.ContactId, state.Purpose, state.EntryId)));
        return found;
    }

    private static TamperKind? Difference(PurposeStanding standing, ConsentState? state) => (standing.EntryId, state) switch
    {
        (null, null) => null,
        (null, _) => TamperKind.StateExtra,
        (_, null) => TamperKind.StateMissing,
        _ => Same(standing, state) ? null : TamperKind.StateChanged,
    };

    private static bool Same(PurposeStanding standing, ConsentState state) => standing == new PurposeStanding(
        state.What, state.SinceUtc, state.ExpiresAtUtc, state.Source, state.Complete, state.Jurisdiction, state.EntryId, state.AskKey);

    private static Tampering Of(TamperKind kind, long contactId, ConsentPurpose purpose, long? entryId) =>
        new(kind, entryId, null) { ContactId = contactId, Purpose = purpose };
}
