using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Rows of a few conversations that changed, as an open list draws them. Many lists hear of a change at the same moment; the rows are
/// read once for all of them, and each keeps what its caller may see and its filter holds.
/// </summary>
public sealed class ReadInboxRows
{
    /// <summary>Ids of one statement.</summary>
    private const int Together = 500;

    private readonly SharedRead<long, IReadOnlyDictionary<long, InboxRow>?> _rows;
    private readonly WhatsAppClock _whatsApp;

    public ReadInboxRows(Store store, WhatsAppClock whatsApp, TimeProvider clock)
    {
        _whatsApp = whatsApp;
        _rows = new(
            ids => store.ReadWithinAsync(ReadKind.Rows, (db, within) => ReadAsync(db, ids, whatsApp.UtcNow, within), CancellationToken.None),
            TimeSpan.Zero,
            clock);
    }

    /// <summary>In no order, and without the search of the query.</summary>
    /// <returns>Null when the database did not answer in time.</returns>
    public async Task<IReadOnlyList<InboxRow>?> RunAsync(
        Caller caller, InboxQuery query, IReadOnlyCollection<long> conversationIds, CancellationToken cancellationToken)
    {
        var numbers = ListInbox.NumbersOf(caller, query.NumberId);
        if (conversationIds.Count == 0 || numbers is { Count: 0 } || (query.Tab == InboxTab.Mine && caller.AgentId is null))
        {
            return [];
        }

        var filter = ListInbox.FilterOf(caller, query, numbers, []) with { LabelId = query.LabelId };
        var rows = await _rows.AskAsync(conversationIds).WaitAsync(cancellationToken);
        return rows is null
            ? null
            : [.. conversationIds.Where(rows.ContainsKey).Select(id => rows[id]).Where(filter.Holds)
                .Where(row => InboxStanding.Shows(query.Sort, _whatsApp.UtcNow, row))];
    }

    private static async Task<IReadOnlyDictionary<long, InboxRow>> ReadAsync(
        WaConsoleDb db, IReadOnlyCollection<long> ids, DateTime nowUtc, CancellationToken cancellationToken)
    {
        Dictionary<long, InboxRow> rows = [];
        foreach (var some in ids.Chunk(Together))
        {
            var read = ListInbox.Project(db, db.Conversations.AsNoTracking().Where(c => some.Contains(c.Id)), nowUtc);
            foreach (var row in await read.ToListAsync(cancellationToken))
            {
                rows[row.Id] = row;
            }
        }

        return rows;
    }
}
