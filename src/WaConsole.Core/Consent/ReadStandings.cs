using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Where many people stand, by one question over the primary key of their states.</summary>
internal static class ReadStandings
{
    /// <returns>One for each contact asked for.</returns>
    public static async Task<IReadOnlyDictionary<long, ConsentStanding>> OfAsync(
        WaConsoleDb db, IReadOnlyCollection<long> contactIds, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var ids = contactIds.Distinct().ToArray();
        var standings = ids.ToDictionary(id => id, _ => ConsentStanding.Nothing);
        var states = await db.ConsentStates.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.ContactId)).ToListAsync(cancellationToken);
        foreach (var own in states.GroupBy(state => state.ContactId))
        {
            standings[own.Key] = Of(own, nowUtc);
        }

        return standings;
    }

    /// <summary>Everything that bears on marketing, with the business each agreed to hear from.</summary>
    public static Task<ILookup<long, LedgerLine>> MarketingAsync(WaConsoleDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancellationToken) =>
        LinesAsync(db, db.ConsentEntries.Where(e => e.Purpose == ConsentPurpose.Marketing || e.Purpose == ConsentPurpose.All), contactIds, cancellationToken);

    /// <summary>Everything of each, with the business, the words and what it answers.</summary>
    public static Task<ILookup<long, LedgerLine>> LinesAsync(WaConsoleDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancellationToken) =>
        LinesAsync(db, db.ConsentEntries, contactIds, cancellationToken);

    /// <summary>Everything that bears on whose number it is.</summary>
    public static Task<ILookup<long, LedgerLine>> PassedAsync(WaConsoleDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancellationToken) =>
        LinesAsync(db, db.ConsentEntries.Where(PassedNumbers.Concern), contactIds, cancellationToken);

    private static async Task<ILookup<long, LedgerLine>> LinesAsync(
        WaConsoleDb db, IQueryable<ConsentEntry> entries, IReadOnlyCollection<long> contactIds, CancellationToken cancellationToken)
    {
        var ids = contactIds.Distinct().ToArray();
        var lines = await (from subject in db.ConsentSubjects
                           where subject.ContactId != null && EF.Parameter(ids).Contains(subject.ContactId.Value)
                           join entry in entries on subject.Id equals entry.SubjectId
                           select new
                           {
                               subject.ContactId,
                               Line = new LedgerLine(
                                   entry.Id, entry.SubjectId, entry.Purpose, entry.Action, entry.Source, entry.AtUtc, entry.RecordedAtUtc, entry.ExpiresAtUtc,
                                   entry.Complete, entry.Jurisdiction, entry.AskKey)
                               {
                                   BusinessName = entry.BusinessName,
                                   WordingId = entry.WordingId,
                                   AnswersEntryId = entry.AnswersEntryId,
                               },
                           }).ToListAsync(cancellationToken);
        return lines.ToLookup(line => line.ContactId!.Value, line => line.Line);
    }

    /// <param name="states">All of one person's.</param>
    public static ConsentStanding Of(IEnumerable<ConsentState> states, DateTime nowUtc) => states.Aggregate(
        ConsentStanding.Nothing,
        (standing, state) => standing.With(
            state.Purpose,
            new PurposeStanding(
                state.What, state.SinceUtc, state.ExpiresAtUtc, state.Source, state.Complete, state.Jurisdiction, state.EntryId, state.AskKey).At(nowUtc)));
}
