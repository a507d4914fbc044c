using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Brings the state rows of a contact, and the opt-out on the contact itself, to what the entries say.</summary>
internal static class DeriveStates
{
    /// <param name="reason">Of the opt-out, when it is new, see <see cref="StopReason"/>; null for the way it came.</param>
    public static async Task ApplyAsync(WaConsoleDb db, Contact contact, string? reason, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(db, contact.Id, cancellationToken);
        var kept = await db.ConsentStates.Where(s => s.ContactId == contact.Id).ToListAsync(cancellationToken);
        Put(db, contact, lines, kept, reason);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The same for many, by two questions.</summary>
    public static async Task ApplyAsync(WaConsoleDb db, IReadOnlyCollection<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.Select(contact => contact.Id).ToArray();
        var linesOf = await ReadStandings.LinesAsync(db, ids, cancellationToken);
        var kept = await db.ConsentStates.Where(s => EF.Parameter(ids).Contains(s.ContactId)).ToListAsync(cancellationToken);
        var keptOf = kept.ToLookup(state => state.ContactId);
        foreach (var contact in contacts)
        {
            Put(db, contact, [.. linesOf[contact.Id]], [.. keptOf[contact.Id]], contact.OptedOutReason);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public static Task<List<LedgerLine>> LinesAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken) =>
        (from subject in db.ConsentSubjects
         where subject.ContactId == contactId
         join entry in db.ConsentEntries on subject.Id equals entry.SubjectId
         select new LedgerLine(
             entry.Id, entry.SubjectId, entry.Purpose, entry.Action, entry.Source, entry.AtUtc, entry.RecordedAtUtc, entry.ExpiresAtUtc,
             entry.Complete, entry.Jurisdiction, entry.AskKey)
         {
             AnswersEntryId = entry.AnswersEntryId,
         }).ToListAsync(cancellationToken);

    private static void Put(WaConsoleDb db, Contact contact, IReadOnlyList<LedgerLine> lines, IReadOnlyList<ConsentState> kept, string? reason)
    {
        foreach (var purpose in ConsentLedger.Purposes)
        {
            var standing = ConsentLedger.Stand(lines, purpose);
            var state = kept.FirstOrDefault(s => s.Purpose == purpose);
            if (standing.EntryId is null)
            {
                if (state is not null)
                {
                    db.ConsentStates.Remove(state);
                }
            }
            else
            {
                if (state is null)
                {
                    state = new ConsentState { ContactId = contact.Id, Purpose = purpose };
                    db.ConsentStates.Add(state);
                }

                Put(state, standing);
            }

            if (purpose == ConsentPurpose.Marketing)
            {
                Show(contact, standing, reason);
            }
        }
    }

    private static void Put(ConsentState state, PurposeStanding standing)
    {
        state.What = standing.What;
        state.SinceUtc = standing.SinceUtc!.Value;
        state.ExpiresAtUtc = standing.ExpiresAtUtc;
        state.Source = standing.Source!.Value;
        state.Complete = standing.Complete;
        state.Jurisdiction = standing.Jurisdiction;
        state.EntryId = standing.EntryId!.Value;
        state.AskKey = standing.AskKey;
    }

    private static void Show(Contact contact, PurposeStanding marketing, string? reason)
    {
        if (marketing.What != Standing.OptedOut)
        {
            (contact.OptedOutAtUtc, contact.OptedOutReason) = (null, null);
        }
        else if (contact.OptedOutAtUtc != marketing.SinceUtc || contact.OptedOutReason is null)
        {
            contact.OptedOutAtUtc = marketing.SinceUtc;
            contact.OptedOutReason = reason ?? contact.OptedOutReason ?? StopReason.Keep(marketing.Source!.Value);
        }
    }
}
