using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Whether the states that the gate reads follow from the entries they name. States are rewritten with each entry, so that nothing of them is
/// sealed: they are held against what is.
/// </summary>
internal static class VerifyStates
{
    private const int Step = 2_000;

    public static async Task RunAsync(WaConsoleDb db, List<Tampering> found, Action beat, CancellationToken cancellationToken)
    {
        var (contact, purpose) = (0L, (ConsentPurpose)0);
        while (found.Count < VerifyConsent.Enough)
        {
            beat();
            var page = await (from state in db.ConsentStates.AsNoTracking()
                              where state.ContactId > contact || (state.ContactId == contact && state.Purpose > purpose)
                              orderby state.ContactId, state.Purpose
                              join named in db.ConsentEntries on state.EntryId equals named.Id into written
                              from entry in written.DefaultIfEmpty()
                              join whose in db.ConsentSubjects on entry.SubjectId equals whose.Id into people
                              from subject in people.DefaultIfEmpty()
                              select new
                              {
                                  State = state,
                                  Entry = entry,
                                  Owner = subject.ContactId,
                                  StoppedLater = state.What == Standing.OptedIn && (
                                      from own in db.ConsentSubjects
                                      where own.ContactId == state.ContactId
                                      join stop in db.ConsentEntries on own.Id equals stop.SubjectId
                                      where stop.Purpose == state.Purpose || stop.Purpose == ConsentPurpose.All
                                      where stop.Action == ConsentAction.Withdrawn || stop.Action == ConsentAction.Erased
                                      where stop.AtUtc > state.SinceUtc
                                      select stop.Id).Any(),
                              })
                .Take(Step).ToListAsync(cancellationToken);
            found.AddRange(page
                .Where(row => row.Entry is null || row.Owner != row.State.ContactId || row.StoppedLater || !Follows(row.State, row.Entry))
                .Select(row => new Tampering(TamperKind.StateChanged, row.State.EntryId, null) { ContactId = row.State.ContactId, Purpose = row.State.Purpose })
                .Take(VerifyConsent.Enough - found.Count));
            if (page.Count < Step)
            {
                return;
            }

            (contact, purpose) = (page[^1].State.ContactId, page[^1].State.Purpose);
        }
    }

    /// <summary>What one entry can lead to, and with what of it the state is written.</summary>
    private static bool Follows(ConsentState state, ConsentEntry entry) =>
        (entry.Purpose == state.Purpose || entry.Purpose == ConsentPurpose.All)
        && (state.SinceUtc, state.ExpiresAtUtc, state.Source, state.Complete) == (entry.AtUtc, entry.ExpiresAtUtc, entry.Source, entry.Complete)
        && (state.What, entry.Action) switch
        {
            (Standing.OptedIn, ConsentAction.Granted or ConsentAction.Renewed) => entry.Complete || state.Purpose != ConsentPurpose.Marketing,
            (Standing.Incomplete, ConsentAction.Granted or ConsentAction.Renewed) => !entry.Complete,
            (Standing.OptedOut, ConsentAction.Withdrawn or ConsentAction.Erased) => true,
            (Standing.None, ConsentAction.StopLifted or ConsentAction.Withdrawn) => true,
            (Standing.Pending, ConsentAction.Requested) => state.AskKey == entry.AskKey,
            (Standing.Expired, ConsentAction.Expired) => true,
            (Standing.Expired, ConsentAction.Granted or ConsentAction.Renewed or ConsentAction.Requested) => entry.ExpiresAtUtc is not null,
            _ => false,
        };
}
