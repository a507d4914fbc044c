using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Where many people stand, by one question over the primary key of their states: what the gate asks.</summary>
internal static class ReadStandings
{
    /// <returns>One for each contact asked for.</returns>
    public static async Task<IReadOnlyDictionary<long, ConsentStanding>> OfAsync(
        WaConsoleDb db, IReadOnlyCollection<long> contactIds, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var ids = contactIds.Distinct().ToArray();
        var standings = ids.ToDictionary(id => id, _ => ConsentStanding.Nothing);
        var states = await db.ConsentStates.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.ContactId)).ToListAsync(cancellationToken);
        foreach (var state in states)
        {
            var standing = new PurposeStanding(
                state.What, state.SinceUtc, state.ExpiresAtUtc, state.Source, state.Complete, state.Jurisdiction, state.EntryId, state.AskKey);
            standings[state.ContactId] = standings[state.ContactId].With(state.Purpose, standing.At(nowUtc));
        }

        return standings;
    }
}
