using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class StaysWithTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_message_tells_whose_conversation_it_is_unless_the_conversation_is_nobodys_or_was_not_open(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var bo = await new SeedAgent("Bo").WriteAsync(bench.Core.Get<Store>());
        Assert.Equal([null], await StaysWithAsync(bench, "wamid.1"));
        var conversation = await bench.ConversationAsync();

        await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, bo.AgentId)));
        Assert.Equal([bo.AgentId], await StaysWithAsync(bench, "wamid.2"));

        await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, ConversationStatus.Resolved)));
        Assert.Equal([null], await StaysWithAsync(bench, "wamid.3"));
    }

    private static async Task<IEnumerable<long?>> StaysWithAsync(IntakeBench bench, string wamid)
    {
        var heard = new List<LiveChange>();
        var live = bench.Core.Get<LiveUpdates>();
        live.Published += heard.Add;
        await bench.TakeAsync(Hooks.Messages(Hooks.Text(wamid, "Is my order on its way?")));
        live.Published -= heard.Add;
        return heard.OfType<InboxChanged>().Select(change => change.StaysWith);
    }
}
