using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Contacts;

public sealed class ResolvingTests
{
    [Theory]
    [EveryDatabase]
    public async Task National_spellings_of_one_number_are_one_person(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "Oi", from: "5511987654321"), Hooks.Text("wamid.2", "Oi", from: "551187654321")));

        Assert.Equal(2, (await bench.ConversationAsync()).UnreadCount);
    }

    [Theory]
    [EveryDatabase]
    public async Task Somebody_who_hides_the_number_is_one_person_by_user_id(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "Hello", from: null, userId: Hooks.AminaId), Hooks.Text("wamid.2", "Hello", from: null, userId: Hooks.AminaId)));

        var contact = (await bench.ConversationAsync()).Contact;
        Assert.Equal((null, Hooks.AminaId, "DE"), (contact.Phone, contact.UserId, contact.Country));
        Assert.Contains("amina", contact.SearchText, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDatabase]
    public async Task Phone_and_user_id_known_apart_become_one_person_with_the_whole_history(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.1", "By phone")),
            Hooks.Messages(Hooks.Text("wamid.2", "By id", Hooks.Noon.AddMinutes(1), from: null, userId: Hooks.AminaId)),
            Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("stop", Hooks.Noon))));
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Conversations.CountAsync()));

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.3", "Both", Hooks.Noon.AddMinutes(2), userId: Hooks.AminaId)));

        var conversation = await bench.ConversationAsync();
        Assert.Equal((Hooks.Amina, Hooks.AminaId, Hooks.Noon), (
            conversation.Contact.Phone, conversation.Contact.UserId, conversation.Contact.OptedOutAtUtc));
        Assert.Equal(3, conversation.UnreadCount);
        Assert.Equal((await bench.MessageAsync("wamid.1")).Id, conversation.FirstUnreadMessageId);
        Assert.Equal(3, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.ConversationId == conversation.Id)));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_status_that_shows_two_contacts_are_one_loses_no_message(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "By phone")));
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "By id", from: null, userId: Hooks.AminaId)));
        var status = Hooks.Status("wamid.out", "delivered");
        status["recipient_user_id"] = Hooks.AminaId;

        await bench.TakeAsync(Hooks.Statuses(status));

        var conversation = await bench.ConversationAsync();
        Assert.Equal(3, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.ConversationId == conversation.Id)));
        Assert.Equal(DeliveryStatus.Delivered, (await bench.MessageAsync("wamid.out")).Status);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_new_number_keeps_person_and_thread_and_says_so(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello", userId: Hooks.AminaId)));

        await bench.TakeAsync(
            Hooks.Messages(Hooks.System("wamid.2", "user_changed_number", "491779999999")),
            Hooks.Messages(Hooks.Text("wamid.3", "Me again", from: "491779999999", userId: "DE.777")));

        var conversation = await bench.ConversationAsync();
        Assert.Equal(("491779999999", "DE.777"), (conversation.Contact.Phone, conversation.Contact.UserId));
        Assert.NotNull(conversation.Contact.IdentityChangedAtUtc);
        Assert.NotNull(conversation.Contact.Identifiers.Single(i => i.Value == Hooks.Amina).RetiredAtUtc);
        Assert.Equal("user_changed_number", Assert.IsType<MessageContent.Notice>(
            ContentJson.Read((await bench.MessageAsync("wamid.2")).ContentJson)).Type);
        Assert.Equal(2, conversation.UnreadCount);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_was_somebody_elses_merges_nobody(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "Amina", userId: Hooks.AminaId), Hooks.Text("wamid.2", "Bo", from: "491779999999", userId: "DE.555")));

        await bench.TakeAsync(
            Hooks.Messages(Hooks.System("wamid.3", "user_changed_number", "491779999999")),
            Hooks.Messages(Hooks.Text("wamid.4", "Amina again", from: "491779999999", userId: "DE.777"), Hooks.Text("wamid.5", "Bo", from: null, userId: "DE.555")));

        var amina = (await bench.MessageAsync("wamid.1")).ConversationId;
        Assert.Equal(amina, (await bench.MessageAsync("wamid.4")).ConversationId);
        Assert.Equal((await bench.MessageAsync("wamid.2")).ConversationId, (await bench.MessageAsync("wamid.5")).ConversationId);
        Assert.NotEqual(amina, (await bench.MessageAsync("wamid.2")).ConversationId);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_new_user_id_keeps_the_thread_and_the_same_news_by_two_ways_is_one_notice(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello", from: null, userId: Hooks.AminaId)));
        var update = new JsonObject
        {
            ["user_id"] = new JsonObject { ["previous"] = Hooks.AminaId, ["current"] = "DE.2" },
            ["timestamp"] = Hooks.Unix(Hooks.Noon),
        };

        await bench.TakeAsync(
            Hooks.Body(Hooks.Change("user_id_update", "user_id_update", update)),
            Hooks.Messages(Hooks.Text("wamid.2", "Still me", from: null, userId: "DE.2")));

        var conversation = await bench.ConversationAsync();
        Assert.Equal("DE.2", conversation.Contact.UserId);
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.Kind == MessageKind.System)));
    }

    [Fact]
    public async Task A_username_is_shown_and_never_a_key()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "One", from: null, userId: "DE.1"), Hooks.Text("wamid.2", "Two", from: null, userId: "DE.2")));

        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync(c => c.Username == "amina.b")));
    }

    [Theory]
    [EveryDatabase]
    public async Task Two_who_turn_out_to_be_one_are_joined_behind_the_locks_of_a_merge(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ResolveAsync(new PersonIdentity("p", Hooks.Amina));
        await ResolveAsync(new PersonIdentity("p", null, Hooks.AminaId));

        await core.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await ResolveContact.ApplyAsync(db, new PersonIdentity("p", Hooks.Amina, Hooks.AminaId), Hooks.Noon, CancellationToken.None);
            await db.SaveChangesAsync();
            if (db.Database.IsNpgsql())
            {
                Assert.Equal(1, await db.Database.SqlQuery<int>(
                    $"""SELECT count(*)::int AS "Value" FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()""").SingleAsync());
            }

            await transaction.CommitAsync();
        });

        Assert.Equal(1, await core.WithDbAsync(db => db.Contacts.CountAsync(c => c.MergedIntoId == null)));

        Task ResolveAsync(PersonIdentity person) => core.WithDbAsync(async db =>
        {
            await ResolveContact.ApplyAsync(db, person, Hooks.Noon, CancellationToken.None);
            await db.SaveChangesAsync();
        });
    }

    [Theory]
    [EveryDatabase]
    public async Task Two_who_open_the_same_conversation_at_once_get_one(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var contactId = await core.WithDbAsync(async db =>
        {
            var contact = await ResolveContact.ApplyAsync(db, new PersonIdentity("p", Hooks.Amina), Hooks.Noon, CancellationToken.None);
            await db.SaveChangesAsync();
            return contact.Id;
        });

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => core.WithDbAsync(
            async db => (await OpenConversation.ApplyAsync(db, contactId, core.NumberId, Hooks.Noon, CancellationToken.None)).Id))));

        Assert.Single(opened.Distinct());
    }
}
