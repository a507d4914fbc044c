using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Counts of the tabs, each up to <see cref="ListInbox.MaxCount"/>.</summary>
public sealed record TabCounts(int Mine, int Unassigned, int All);

/// <summary>
/// Counts of the tabs for open lists, while traffic goes on. What does not depend on the person is counted once a second at most for all
/// lists with the same filter, and a person's own conversations are a short range of an index.
/// </summary>
public sealed class CountTabs
{
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Store _store;
    private readonly SharedRead<Tabs, IReadOnlyDictionary<Tabs, TabCounts>> _shared;

    public CountTabs(Store store, TimeProvider clock)
    {
        _store = store;
        _shared = new(CountAllAsync, Quiet, clock);
    }

    /// <returns>Null when the database did not answer in time: what was known before stays.</returns>
    public async Task<TabCounts?> RunAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken)
    {
        var numbers = ListInbox.NumbersOf(caller, query.NumberId);
        if (numbers is { Count: 0 })
        {
            return new TabCounts(0, 0, 0);
        }

        var tabs = new Tabs(query.Status, numbers is null ? null : string.Join(',', numbers.Order()), query.LabelId);
        var shared = await _shared.AskAsync([tabs]).WaitAsync(cancellationToken);
        if (!shared.TryGetValue(tabs, out var counts))
        {
            return null;
        }

        return caller.AgentId is { } agent && await CountAsync(tabs, agent, cancellationToken) is { } own ? counts with { Mine = own.Mine } : counts;
    }

    private async Task<IReadOnlyDictionary<Tabs, TabCounts>> CountAllAsync(IReadOnlyCollection<Tabs> wanted)
    {
        Dictionary<Tabs, TabCounts> counted = [];
        foreach (var tabs in wanted)
        {
            if (await CountAsync(tabs, agentId: null, CancellationToken.None) is { } counts)
            {
                counted[tabs] = counts;
            }
        }

        return counted;
    }

    /// <summary>The agent's own, or, without an agent, what all agents share.</summary>
    private Task<TabCounts?> CountAsync(Tabs tabs, long? agentId, CancellationToken cancellationToken) => _store.ReadWithinAsync(
        ReadKind.Count,
        async (db, within) =>
        {
            var all = await ListInbox.AllNumbersAsync(db, within);
            var filter = await InboxLabel.OnlyAsync(
                db, new InboxFilter(InboxTab.All, agentId, tabs.Status, tabs.Ids(), all), tabs.LabelId, within);
            return (await db.Database.SqlQueryRaw<TabCounts>(InboxOrder.TabCounts(filter, ListInbox.MaxCount)).ToListAsync(within))[0];
        },
        cancellationToken);

    /// <summary><see cref="Numbers"/> as a text, so that two of the same numbers are the same.</summary>
    private sealed record Tabs(ConversationStatus? Status, string? Numbers, long? LabelId)
    {
        public IReadOnlyCollection<long>? Ids() => Numbers is null ? null : Labels.LabelIds.Read(Numbers);
    }
}
