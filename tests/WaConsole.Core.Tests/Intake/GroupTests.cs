using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class GroupTests
{
    private const string Group = "group-1";

    [Theory]
    [EveryDatabase]
    public async Task What_members_write_stands_in_the_groups_own_conversation_under_their_names(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync(
            Hooks.Body(Hooks.Change("group_lifecycle_update", "groups", News("group_create", subject: "Workshop"))),
            Hooks.Messages(Member("wamid.1", "Who has the last?")),
            Hooks.Messages(Member("wamid.1", "Who has the last?")),
            Hooks.Messages(Member("wamid.2", "I do", "491701234599")),
            Hooks.Messages(Reacted("wamid.1", "👍")));

        var conversation = await bench.ConversationAsync();
        Assert.Equal(("Workshop", IdentifierKind.Group), (conversation.Contact.ProfileName, Assert.Single(conversation.Contact.Identifiers).Kind));
        Assert.Equal((2, (DateTime?)null, "I do"), (conversation.UnreadCount, conversation.WindowOpenedAtUtc, conversation.LastPreview));
        var first = await bench.MessageAsync("wamid.1");
        Assert.Equal(("Amina Berg", "👍"), (first.AuthorName, Assert.Single(first.Reactions).Emoji));
        var view = await bench.Core.Get<ReadConversation>().RunAsync(Caller.System, conversation.Id, TestContext.Current.CancellationToken);
        Assert.True(view is { IsGroup: true, Name: "Workshop" });
        var list = await bench.Core.Get<ListInbox>().RunAsync(
            Caller.System, new InboxQuery(InboxTab.All, null, InboxSort.Newest, "", null, null, 10), TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(list.Rows) is { IsGroup: true, Name: "Workshop" });
        Assert.Null(await bench.Core.Get<ReadContact>().RunAsync(Caller.System, conversation.ContactId, TestContext.Current.CancellationToken));
        Assert.Equal(1, (await bench.CountAsync()).Duplicates);
    }

    [Fact]
    public async Task A_member_who_also_writes_alone_has_a_conversation_of_their_own()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Hooks.Messages(Member("wamid.1", "To all"), Hooks.Text("wamid.2", "To you alone")));

        var texts = await bench.Core.WithDbAsync(db => db.Messages.OrderBy(m => m.Text).Select(m => m.ConversationId).ToListAsync());
        Assert.Equal(2, texts.Distinct().Count());
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Conversations.CountAsync(c => c.WindowOpenedAtUtc != null)));
    }

    [Fact]
    public async Task Another_name_is_taken_over_and_every_change_leaves_a_notice()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        var renamed = News("group_settings_update");
        renamed["group_subject"] = new JsonObject { ["text"] = "Night shift", ["update_successful"] = true };
        var joined = News("group_participants_add");
        joined["added_participants"] = new JsonArray(new JsonObject { ["wa_id"] = Hooks.Amina });

        await bench.TakeAsync(
            Hooks.Body(Hooks.Change("group_lifecycle_update", "groups", News("group_create", subject: "Workshop"))),
            Hooks.Body(Hooks.Change("group_settings_update", "groups", renamed)),
            Hooks.Body(Hooks.Change("group_participants_update", "groups", joined)));

        Assert.Equal("Night shift", (await bench.ConversationAsync()).Contact.ProfileName);
        var notices = await bench.Core.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Select(m => m.ContentJson).ToListAsync());
        Assert.Equal(
            [("group_create", "Workshop"), ("group_settings_update", "Night shift"), ("group_participants_add", "+" + Hooks.Amina)],
            notices.Select(ContentJson.Read).Cast<Core.Conversations.MessageContent.Notice>().Select(notice => (notice.Type, notice.Detail!)));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_group_of_the_simulator_is_one_conversation(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var bench = await IntakeBench.StartAsync(
            provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Workers = true });
        await simulator.SendWebhooksToAsync(bench.Core);
        var people = new[] { "46701740605", "46701740606" }
            .Select(phone => Assert.IsType<CustomerOutcome.Done>(simulator.World.MakeCustomer(new NewCustomer("Nora " + phone[^1], phone))).Customer.Id)
            .ToList();

        var group = simulator.World.MakeGroup("Wednesday class", people)!;
        foreach (var person in people)
        {
            Assert.IsType<WriteOutcome.Sent>(simulator.World.Write(
                person, new CustomerMessage(Simulator.World.MessageContent.OfText("I am in")) { GroupId = group.Id }));
        }

        await Until.TrueAsync(() => bench.Core.WithDbAsync(async db => await db.Messages.CountAsync(m => m.Text == "I am in") == 2), "both answers");

        // News of a group do not wait for what its members write, nor that for them.
        await simulator.World.Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await bench.CountAsync()).Pending == 0, "intake at rest");
        var conversation = await bench.ConversationAsync();
        Assert.Equal(("Wednesday class", 2), (conversation.Contact.ProfileName, conversation.UnreadCount));
        Assert.Equal(0, (await bench.CountAsync()).Quarantined);
    }

    private static JsonObject Member(string wamid, string text, string from = Hooks.Amina)
    {
        var message = Hooks.Text(wamid, text, from: from);
        message["group_id"] = Group;
        return message;
    }

    private static JsonObject Reacted(string target, string emoji)
    {
        var reaction = Hooks.Reaction("wamid.r", target, emoji);
        reaction["group_id"] = Group;
        return reaction;
    }

    private static JsonObject News(string type, string? subject = null) => new()
    {
        ["group_id"] = Group,
        ["type"] = type,
        ["timestamp"] = Hooks.Unix(Hooks.Noon),
        ["subject"] = subject,
    };
}
