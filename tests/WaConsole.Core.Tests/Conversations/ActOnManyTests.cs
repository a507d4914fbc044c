using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class ActOnManyTests
{
    [Theory, EveryDatabase]
    public async Task What_may_be_done_is_done_and_the_rest_is_named_with_its_reason(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var here = await new SeedAgent("Ana", Numbers: [host.NumberId]).WriteAsync(store);
        var first = await new SeedConversation { NumberId = host.NumberId, Unread = 2, Texts = ["one"] }.WriteAsync(store);
        var second = await new SeedConversation { NumberId = host.NumberId, Texts = ["two"] }.WriteAsync(store);
        var other = await OtherNumberAsync(host);
        var elsewhere = await new SeedConversation { NumberId = other, Unread = 1, Texts = ["three"] }.WriteAsync(store);
        long[] all = [first, second, elsewhere, 999_999, first];
        var verb = host.Get<ActOnMany>();

        foreach (var act in (ManyAct[])[new ManyAct.Assign(here.AgentId), new ManyAct.SetStatus(ConversationStatus.Resolved), new ManyAct.MarkRead()])
        {
            var outcome = await verb.RunAsync(here, all, act, CancellationToken.None);
            Assert.Equal([first, second], outcome.Done);
            Assert.Equal([elsewhere, 999_999], outcome.NotDone.Select(left => left.ConversationId));
            Assert.All(outcome.NotDone, left => Assert.Contains("not there any more", left.Sentence, StringComparison.Ordinal));
        }

        await using var db = await store.OpenAsync(CancellationToken.None);
        var rows = await db.Conversations.OrderBy(c => c.Id).Select(c => new { c.AssigneeId, c.Status, c.UnreadCount }).ToListAsync();
        Assert.Equal(
            [
                new { here.AgentId, Status = ConversationStatus.Resolved, UnreadCount = 0 },
                new { here.AgentId, Status = ConversationStatus.Resolved, UnreadCount = 0 },
                new { AgentId = (long?)null, Status = ConversationStatus.Open, UnreadCount = 1 },
            ],
            rows.Select(row => new { AgentId = row.AssigneeId, row.Status, row.UnreadCount }));
    }

    [Theory, EveryDatabase]
    public async Task A_person_who_cannot_take_one_of_them_gets_the_others(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var boss = await new SeedAgent("Boss", Role.Admin).WriteAsync(store);
        var bo = await new SeedAgent("Bo", Numbers: [host.NumberId]).WriteAsync(store);
        var takes = await new SeedConversation { NumberId = host.NumberId }.WriteAsync(store);
        var other = await OtherNumberAsync(host);
        var cannot = await new SeedConversation { NumberId = other }.WriteAsync(store);

        var outcome = await host.Get<ActOnMany>().RunAsync(boss, [cannot, takes], new ManyAct.Assign(bo.AgentId), CancellationToken.None);

        Assert.Equal([takes], outcome.Done);
        Assert.Equal(cannot, Assert.Single(outcome.NotDone).ConversationId);
        Assert.Contains("cannot take", outcome.NotDone[0].Sentence, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Labels_go_on_all_of_them_and_a_deleted_label_on_none(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        List<long> ids = [];
        for (var i = 0; i <= ActOnMany.Most; i++)
        {
            ids.Add(await new SeedConversation { NumberId = host.NumberId }.WriteAsync(store));
        }

        var vip = ((SaveLabelOutcome.Saved)await host.Get<SaveLabel>().RunAsync(
            ana, new LabelDraft(null, "VIP", LabelColour.Amber), CancellationToken.None)).Label.Id;
        var verb = host.Get<ActOnMany>();

        var outcome = await verb.RunAsync(ana, ids, new ManyAct.Label([vip], []), CancellationToken.None);
        Assert.Equal(ids.Take(ActOnMany.Most), outcome.Done);
        Assert.Equal(ids[^1], Assert.Single(outcome.NotDone).ConversationId);

        var gone = await verb.RunAsync(ana, ids.Take(2).ToList(), new ManyAct.Label([vip + 1], []), CancellationToken.None);
        Assert.Empty(gone.Done);
        Assert.All(gone.NotDone, left => Assert.Contains("deleted", left.Sentence, StringComparison.Ordinal));
        await using var db = await store.OpenAsync(CancellationToken.None);
        Assert.Equal(ActOnMany.Most, await db.ConversationLabels.CountAsync());
    }

    private static Task<long> OtherNumberAsync(CoreHost host) => host.WithDbAsync(async db =>
    {
        var number = new Number
        {
            BusinessAccountId = host.AccountId,
            PhoneNumberId = "99",
            DisplayPhoneNumber = "",
            Name = "Other",
            Quality = "",
            Status = "",
        };
        db.Numbers.Add(number);
        await db.SaveChangesAsync();
        return number.Id;
    });
}
