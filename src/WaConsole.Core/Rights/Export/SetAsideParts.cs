using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights.Export;

/// <summary>
/// What came from the person, or about them, and is not in a conversation: it waits for its message, or could not be handled. Found by their
/// numbers and ids, and told only when it is theirs, not when somebody else's message holds their number.
/// </summary>
internal static class SetAsideParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> ItemsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var traces = person.Present.Where(i => i.Kind != IdentifierKind.Username).Select(i => i.Value).Distinct().ToList();
        foreach (var trace in traces)
        {
            var (bytes, earlier) = (Encoding.UTF8.GetBytes(trace), traces.TakeWhile(other => other != trace).ToList());
            var parked = InPages.RowsAsync(
                last => Parked(person.Db, bytes).Where(p => p.Id > last).OrderBy(p => p.Id), item => item.Id, cancellationToken);
            await foreach (var item in parked)
            {
                if (IsTheirs(item.Body, trace, earlier))
                {
                    yield return Facts.Of(
                        ("at", item.ParkedAtUtc),
                        ("account", person.Account(item.BusinessAccountId)),
                        ("until", item.ExpiresAtUtc),
                        ("wamid", item.Wamid),
                        ("raw", Encoding.UTF8.GetString(item.Body)));
                }
            }

            var quarantined = InPages.RowsAsync(
                last => Quarantined(person.Db, bytes).Where(q => q.Id > last).OrderBy(q => q.Id), item => item.Id, cancellationToken);
            await foreach (var item in quarantined)
            {
                if (IsTheirs(item.Body, trace, earlier))
                {
                    yield return Facts.Of(
                        ("at", item.QuarantinedAtUtc),
                        ("account", person.Account(item.BusinessAccountId)),
                        ("reason", item.Reason),
                        ("attempts", item.Replays),
                        ("raw", Encoding.UTF8.GetString(item.Body)));
                }
            }
        }
    }

    /// <summary>An item that holds several of their ids is told once.</summary>
    private static bool IsTheirs(byte[] body, string trace, List<string> earlier)
    {
        var whose = WhoseItem.Read(body);
        return whose.Contains(trace) && !earlier.Exists(whose.Contains);
    }

    private static IQueryable<ParkedItem> Parked(WaConsoleDb db, byte[] trace) => db.Database.IsNpgsql()
        ? db.ParkedItems.FromSql($"""SELECT * FROM "ParkedItems" WHERE position({trace} in "Body") > 0""")
        : db.ParkedItems.FromSql($"""SELECT * FROM "ParkedItems" WHERE instr("Body", {trace}) > 0""");

    private static IQueryable<QuarantinedItem> Quarantined(WaConsoleDb db, byte[] trace) => db.Database.IsNpgsql()
        ? db.QuarantinedItems.FromSql($"""SELECT * FROM "QuarantinedItems" WHERE position({trace} in "Body") > 0""")
        : db.QuarantinedItems.FromSql($"""SELECT * FROM "QuarantinedItems" WHERE instr("Body", {trace}) > 0""");
}
