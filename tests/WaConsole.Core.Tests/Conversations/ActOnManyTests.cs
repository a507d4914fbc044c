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

    [Theory, EveryDatabase]
    public async Task Everything_done_to_many_can_be_taken_back_to_what_each_was(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var bo = await new SeedAgent("Bo").WriteAsync(store);
        var vip = ((SaveLabelOutcome.Saved)await host.Get<SaveLabel>().RunAsync(ana, new LabelDraft(null, "VIP", LabelColour.Amber), CancellationToken.None)).Label.Id;
        var waits = new DateTime(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);
        var mine = await new SeedConversation { NumberId = host.NumberId, AssigneeId = bo.AgentId, Unread = 3, WaitingSinceUtc = waits, Texts = ["one"] }.WriteAsync(store);
        var free = await new SeedConversation { NumberId = host.NumberId, Status = ConversationStatus.Pending, Texts = ["two"] }.WriteAsync(store);
        await host.Get<LabelConversation>().RunAsync(ana, free, [vip], [], CancellationToken.None);
        var before = await StateAsync(store);

        ManyAct[] acts =
        [
            new ManyAct.Assign(ana.AgentId), new ManyAct.Assign(null), new ManyAct.SetStatus(ConversationStatus.Resolved),
            new ManyAct.SetStatus(ConversationStatus.Snoozed, waits.AddYears(1)), new ManyAct.MarkRead(), new ManyAct.MarkUnread(),
            new ManyAct.Label([vip], []), new ManyAct.Label([], [vip]),
        ];
        foreach (var act in acts)
        {
            var outcome = await host.Get<ActOnMany>().RunAsync(ana, [mine, free], act, CancellationToken.None);
            Assert.NotEqual(before, await StateAsync(store));
            var undone = await host.Get<UndoMany>().RunAsync(ana, act, outcome.Before, CancellationToken.None);

            Assert.Equal([mine, free], undone.Done);
            Assert.Equal(before, await StateAsync(store));
        }
    }

    [Theory, EveryDatabase]
    public async Task What_somebody_changed_since_stays_and_who_lost_the_number_takes_nothing_back(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana", Numbers: [host.NumberId]).WriteAsync(store);
        var first = await new SeedConversation { NumberId = host.NumberId, Texts = ["one"] }.WriteAsync(store);
        var second = await new SeedConversation { NumberId = host.NumberId, Texts = ["two"] }.WriteAsync(store);
        var act = new ManyAct.SetStatus(ConversationStatus.Resolved);
        var outcome = await host.Get<ActOnMany>().RunAsync(ana, [first, second], act, CancellationToken.None);
        await host.Get<ChangeStatus>().RunAsync(ana, first, ConversationStatus.Pending, null, CancellationToken.None);
        var other = await new SeedAgent("Elsewhere", Numbers: [await OtherNumberAsync(host)]).WriteAsync(store);

        var refused = await host.Get<UndoMany>().RunAsync(other, act, outcome.Before, CancellationToken.None);
        Assert.Empty(refused.Done);
        var undone = await host.Get<UndoMany>().RunAsync(ana, act, outcome.Before, CancellationToken.None);

        Assert.Equal([second], undone.Done);
        Assert.Contains("changed since", Assert.Single(undone.NotDone).Sentence, StringComparison.Ordinal);
        await using var db = await store.OpenAsync(CancellationToken.None);
        Assert.Equal(
            [ConversationStatus.Pending, ConversationStatus.Open],
            await db.Conversations.OrderBy(c => c.Id).Select(c => c.Status).ToListAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_snooze_until_a_moment_finer_than_the_database_keeps_can_be_taken_back(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var id = await new SeedConversation { NumberId = host.NumberId, Texts = ["one"] }.WriteAsync(store);
        var until = new DateTime(2026, 11, 27, 8, 0, 0, DateTimeKind.Utc).AddTicks(7);
        var act = new ManyAct.SetStatus(ConversationStatus.Snoozed, until);
        var snoozed = await host.Get<ActOnMany>().RunAsync(ana, [id], act, CancellationToken.None);

        var other = await host.Get<UndoMany>().RunAsync(ana, act with { UntilUtc = until.AddMinutes(1) }, snoozed.Before, CancellationToken.None);
        var undone = await host.Get<UndoMany>().RunAsync(ana, act, snoozed.Before, CancellationToken.None);

        Assert.Empty(other.Done);
        Assert.Equal([id], undone.Done);
    }

    private static async Task<string> StateAsync(Store store)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        var rows = await db.Conversations.AsNoTracking().OrderBy(c => c.Id)
            .Select(c => new { c.AssigneeId, c.Status, c.SnoozedUntilUtc, c.WaitingSinceUtc, c.UnreadCount, c.FirstUnreadMessageId, c.LabelIds })
            .ToListAsync();
        var links = await db.ConversationLabels.CountAsync();
        return $"{string.Join('\n', rows)}\n{links}";
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
