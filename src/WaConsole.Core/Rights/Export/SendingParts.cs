using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Rights.Export;

/// <summary>What is on record of the person for the rules of sending, and of who looked and changed.</summary>
internal static class SendingParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> NoticesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var notices = InPages.RowsAsync(
            last => person.Db.ToldNotices.Include(t => t.Message).Where(t => person.Ids.Contains(t.ContactId) && t.Id > last).OrderBy(t => t.Id),
            told => told.Id,
            cancellationToken);
        await foreach (var told in notices)
        {
            yield return Facts.Of(
                ("at", told.AtUtc),
                ("channel", told.Channel ?? "WhatsApp"),
                ("account", person.Account(told.BusinessAccountId)),
                ("number", person.Number(told.Message?.NumberId)),
                ("template", told.Message?.TemplateName),
                ("message", told.MessageId),
                ("marketing", told.IsMarketing),
                ("again", told.IsAgain));
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> ReachAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reached = await person.Db.PortfolioReaches.Where(r => person.Ids.Contains(r.PersonId)).OrderBy(r => r.AtUtc).ToListAsync(cancellationToken);
        foreach (var reach in reached)
        {
            yield return Facts.Of(("at", reach.AtUtc), ("portfolio", reach.PortfolioId));
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> AuditAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = InPages.RowsAsync(
            last => person.Db.ConsentAudits.Where(a => a.PersonId != null && person.Ids.Contains(a.PersonId.Value) && a.Id > last).OrderBy(a => a.Id),
            line => line.Id,
            cancellationToken);
        await foreach (var line in lines)
        {
            yield return Facts.Of(("at", line.AtUtc), ("by", line.ByName), ("deed", line.Deed), ("detail", line.Detail));
        }
    }
}
