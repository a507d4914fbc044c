using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Labels;

public sealed class LabelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Labels_are_put_on_and_taken_off_with_a_line_in_the_thread_and_a_push(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var vip = await MakeAsync(core, "VIP");
        var boots = await MakeAsync(core, "Boots", LabelColour.Blue);
        List<LiveChange> pushed = [];
        core.Get<LiveUpdates>().Published += pushed.Add;

        Assert.Equal(LabelOutcome.Done, await core.Get<LabelConversation>().RunAsync(ana, id, [boots.Id, vip.Id], [], Token));
        Assert.Equal(LabelOutcome.Done, await core.Get<LabelConversation>().RunAsync(ana, id, [], [vip.Id], Token));
        Assert.Equal(LabelOutcome.Done, await core.Get<LabelConversation>().RunAsync(ana, id, [boots.Id], [vip.Id], Token));

        var view = await core.Get<ReadConversation>().RunAsync(ana, id, Token);
        Assert.Equal([boots.Id], view!.Labels);
        var row = Assert.Single((await core.Get<ListInbox>().RunAsync(ana, new InboxQuery(), Token)).Rows);
        Assert.Equal([boots.Id], LabelIds.Read(row.LabelIds));
        var lines = await core.Get<ReadThread>().RunAsync(ana, id, null, 50, Token);
        Assert.Equal(
            [new MessageContent.Activity("labelled", "Ana", "VIP, Boots"), new MessageContent.Activity("unlabelled", "Ana", "VIP")],
            lines!.Lines.Select(line => line.Content).OfType<MessageContent.Activity>().Select(done => done with { Target = Sorted(done.Target!) }));
        Assert.Equal(2, pushed.Count(change => change == new InboxChanged(core.NumberId, id)));

        static string Sorted(string names) => string.Join(", ", names.Split(", ").OrderDescending(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task The_list_and_its_counts_show_only_what_has_the_label(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var vip = await MakeAsync(core, "VIP");
        List<long> ids = [];
        for (var at = 0; at < 5; at++)
        {
            ids.Add(await new SeedConversation { NumberId = core.NumberId, Name = $"Person {at}" }.WriteAsync(core.Get<Store>()));
        }

        await core.Get<LabelConversation>().RunAsync(Caller.System, ids[1], [vip.Id], [], Token);
        await core.Get<LabelConversation>().RunAsync(Caller.System, ids[3], [vip.Id], [], Token);

        var query = new InboxQuery(LabelId: vip.Id);
        Assert.Equal([ids[3], ids[1]], (await core.Get<ListInbox>().RunAsync(Caller.System, query, Token)).Rows.Select(row => row.Id));
        Assert.Equal(2, (await core.Get<ListInbox>().CountAsync(Caller.System, query, Token))!.All);
        Assert.Empty((await core.Get<ListInbox>().RunAsync(Caller.System, query with { LabelId = vip.Id + 1 }, Token)).Rows);
    }

    [Theory, EveryDatabase]
    public async Task Two_people_who_label_at_once_lose_nothing(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var labels = new List<LabelView>();
        for (var i = 0; i < 6; i++)
        {
            labels.Add(await MakeAsync(core, $"Label {i}"));
        }

        await Task.WhenAll(labels.Select(label => core.Get<LabelConversation>().RunAsync(Caller.System, id, [label.Id], [], Token)));

        var view = await core.Get<ReadConversation>().RunAsync(Caller.System, id, Token);
        Assert.Equal(labels.Select(label => label.Id), view!.Labels);
    }

    [Theory, EveryDatabase]
    public async Task A_person_has_labels_of_their_own(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var contact = await core.WithDbAsync(db => db.Contacts.Select(c => c.Id).SingleAsync(Token));
        var vip = await MakeAsync(core, "VIP");

        Assert.Equal(LabelContactOutcome.Done, await core.Get<LabelContact>().RunAsync(Caller.System, contact, [vip.Id], [], Token));
        Assert.Equal(LabelContactOutcome.NoSuchLabel, await core.Get<LabelContact>().RunAsync(Caller.System, contact, [vip.Id + 1], [], Token));

        Assert.Equal($"{vip.Id}", await core.WithDbAsync(db => db.Contacts.Select(c => c.LabelIds).SingleAsync(Token)));
        Assert.Null((await core.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery(), Token)).Rows.Single().LabelIds);
    }

    [Theory, EveryDatabase]
    public async Task A_deleted_label_is_gone_from_everything(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var (vip, boots) = (await MakeAsync(core, "VIP"), await MakeAsync(core, "Boots"));
        await core.Get<LabelConversation>().RunAsync(Caller.System, id, [vip.Id, boots.Id], [], Token);

        Assert.True(await core.Get<DeleteLabel>().RunAsync(Caller.System, vip.Id, Token));
        Assert.False(await core.Get<DeleteLabel>().RunAsync(Caller.System, vip.Id, Token));

        Assert.Equal([new LabelUse(boots, 1, 0)], await core.Get<ListLabels>().WithUseAsync(Caller.System, Token));
        Assert.Equal(1, await core.WithDbAsync(db => db.ConversationLabels.CountAsync(Token)));
        var next = await MakeAsync(core, "VIP");
        Assert.True(next.Id > boots.Id, "A new label must not take over what the old one was on.");
    }

    [Theory, EveryDatabase]
    public async Task Names_differ_by_more_than_case_and_accents(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var first = await MakeAsync(core, "Rückgabe");

        Assert.IsType<SaveLabelOutcome.Refused>(await SaveAsync(core, null, " ruckgabe "));
        Assert.IsType<SaveLabelOutcome.Refused>(await SaveAsync(core, null, " \u0301 "));
        Assert.IsType<SaveLabelOutcome.Refused>(await SaveAsync(core, null, new string('x', 41)));
        Assert.IsType<SaveLabelOutcome.NoSuchLabel>(await SaveAsync(core, first.Id + 9, "Other"));
        var renamed = Assert.IsType<SaveLabelOutcome.Saved>(await SaveAsync(core, first.Id, "RÜCKGABE"));
        Assert.Equal(first.Id, renamed.Label.Id);
    }

    [Theory, EveryDatabase]
    public async Task The_verbs_ask_who_is_asking(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var vip = await MakeAsync(core, "VIP");
        var marketer = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var elsewhere = await new SeedAgent("Eli", Numbers: []).WriteAsync(core.Get<Store>());
        var contact = await core.WithDbAsync(db => db.Contacts.Select(c => c.Id).SingleAsync(Token));

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<SaveLabel>().RunAsync(marketer, new LabelDraft(null, "X", LabelColour.Grey), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<DeleteLabel>().RunAsync(marketer, vip.Id, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<LabelConversation>().RunAsync(marketer, id, [vip.Id], [], Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<LabelContact>().RunAsync(marketer, contact, [vip.Id], [], Token));
        Assert.Equal(LabelOutcome.NoSuchConversation, await core.Get<LabelConversation>().RunAsync(elsewhere, id, [vip.Id], [], Token));
        Assert.Equal(LabelContactOutcome.NoSuchContact, await core.Get<LabelContact>().RunAsync(elsewhere, contact, [vip.Id], [], Token));
        Assert.Equal([vip], await core.Get<ListLabels>().RunAsync(marketer, Token));
    }

    internal static async Task<LabelView> MakeAsync(CoreHost core, string name, LabelColour colour = LabelColour.Green) =>
        Assert.IsType<SaveLabelOutcome.Saved>(
            await core.Get<SaveLabel>().RunAsync(Caller.System, new LabelDraft(null, name, colour), Token)).Label;

    private static Task<SaveLabelOutcome> SaveAsync(CoreHost core, long? id, string name) =>
        core.Get<SaveLabel>().RunAsync(Caller.System, new LabelDraft(id, name, LabelColour.Red), Token);
}
