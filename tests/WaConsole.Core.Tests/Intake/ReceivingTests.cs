using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class ReceivingTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_first_message_makes_contact_conversation_window_and_unread_mark(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Is my\norder on its way?", userId: Hooks.AminaId)));

        var conversation = await bench.ConversationAsync();
        var message = await bench.MessageAsync("wamid.1");
        Assert.Equal(("Amina Berg", Hooks.Amina, Hooks.AminaId, "amina.b", "DE"), (
            conversation.Contact.ProfileName, conversation.Contact.Phone, conversation.Contact.UserId, conversation.Contact.Username, conversation.Contact.Country));
        Assert.Equal((1, message.Id, Hooks.Noon), (conversation.UnreadCount, conversation.FirstUnreadMessageId, conversation.WaitingSinceUtc));
        Assert.Equal((Hooks.Noon, Hooks.Noon.AddHours(24), false), (
            conversation.WindowOpenedAtUtc, conversation.WindowExpiresAtUtc, conversation.WindowExpiryAnnounced));
        Assert.Equal((message.Id, "Is my order on its way?", MessageDirection.Inbound), (
            conversation.LastMessageId, conversation.LastPreview, conversation.LastDirection));
        Assert.Equal("Is my\norder on its way?", message.Text);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_new_message_reopens_a_resolved_conversation_and_keeps_its_assignee(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, ConversationStatus.Snoozed)
            .SetProperty(c => c.SnoozedUntilUtc, Hooks.Noon.AddDays(3))
            .SetProperty(c => c.AssigneeId, 7)));

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "Still there?", Hooks.Noon.AddMinutes(5))));

        var conversation = await bench.ConversationAsync();
        Assert.Equal((ConversationStatus.Open, null, 7L), (conversation.Status, conversation.SnoozedUntilUtc, conversation.AssigneeId));
        Assert.Equal((2, Hooks.Noon), (conversation.UnreadCount, conversation.WaitingSinceUtc));
    }

    [Theory]
    [EveryDatabase]
    public async Task Text_nobody_expected_is_stored_whole(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var text = string.Join(' ', Enumerable.Range(0, 200_000).Select(n => $"w{n:x}ö")) + "\0 \u202E😀";
        var message = Hooks.Text("wamid.1", text);
        message["from_user_id"] = "DE." + new string('9', 2_000);

        await bench.TakeAsync(Hooks.Messages(message, Hooks.Text("wamid.2", "after")));

        Assert.Equal(2, (await bench.CountAsync()).Stored);
        Assert.Equal(text.Replace("\0", "", StringComparison.Ordinal), (await bench.MessageAsync("wamid.1")).Text);
    }

    [Theory]
    [EveryDatabase]
    public async Task An_album_of_six_pictures_is_one_conversation_with_six_files_to_fetch(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync([.. Enumerable.Range(0, 6).Select(n => Hooks.Messages(Hooks.Message(
            $"wamid.{n}", "image", new JsonObject { ["id"] = $"m{n}", ["mime_type"] = "image/jpeg", ["caption"] = "Look" })))]);

        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Conversations.CountAsync()));
        var files = await bench.Core.WithDbAsync(db => db.MediaFiles.AsNoTracking().ToListAsync());
        Assert.Equal(6, files.Count);
        Assert.All(files, file => Assert.Equal((MediaState.Pending, "image.jpg"), (file.State, file.FileName)));
    }

    [Fact]
    public async Task Every_kind_is_kept_with_what_its_bubble_draws()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Hooks.Messages(
            Hooks.Message("wamid.1", "location", new JsonObject { ["latitude"] = 52.5, ["longitude"] = 13.4, ["name"] = "Alder & Oak" }),
            Hooks.Message("wamid.2", "contacts", new JsonArray(new JsonObject
            {
                ["name"] = new JsonObject { ["formatted_name"] = "Bo Lind" },
                ["phones"] = new JsonArray(new JsonObject { ["phone"] = "+46 70 1" }),
            })),
            Hooks.Message("wamid.3", "interactive", new JsonObject
            {
                ["type"] = "nfm_reply",
                ["nfm_reply"] = new JsonObject { ["body"] = "Sent", ["response_json"] = """{"flow_token":"t","size":"M","tags":["a","b"]}""" },
            }),
            Hooks.Message("wamid.4", "button", new JsonObject { ["payload"] = "P", ["text"] = "Stop" }),
            Hooks.Message("wamid.5", "order", new JsonObject
            {
                ["catalog_id"] = "C",
                ["product_items"] = new JsonArray(new JsonObject
                {
                    ["product_retailer_id"] = "SKU",
                    ["quantity"] = "2",
                    ["item_price"] = 7.99,
                    ["currency"] = "EUR",
                }),
            }),
            Hooks.Message("wamid.6", "poll_of_next_year", new JsonObject { ["x"] = 1 })));

        async Task<MessageContent?> ContentAsync(string wamid) => ContentJson.Read((await bench.MessageAsync(wamid)).ContentJson);
        Assert.Equal(new MessageContent.Location(52.5, 13.4, "Alder & Oak", null), await ContentAsync("wamid.1"));
        Assert.Equal("Bo Lind", Assert.IsType<MessageContent.ContactCards>(await ContentAsync("wamid.2")).Cards[0].Name);
        Assert.Equal(
            [new FormAnswer("size", "M"), new FormAnswer("tags", "a, b")],
            Assert.IsType<MessageContent.FormAnswers>(await ContentAsync("wamid.3")).Answers);
        Assert.Equal(new MessageContent.Choice("P", "Stop", null), await ContentAsync("wamid.4"));
        Assert.Equal([new OrderLine("SKU", 2, 7.99m, "EUR")], Assert.IsType<MessageContent.Order>(await ContentAsync("wamid.5")).Lines);
        Assert.Equal("poll_of_next_year", Assert.IsType<MessageContent.Unsupported>(await ContentAsync("wamid.6")).Type);
        Assert.Equal(MessageKind.Unknown, (await bench.MessageAsync("wamid.6")).Kind);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_reaction_an_edit_and_a_deletion_that_come_first_wait_for_their_message(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var edit = Hooks.Message("wamid.e", "edit", new JsonObject
        {
            ["original_message_id"] = "wamid.1",
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "Size 40, sorry" } },
        }, Hooks.Noon.AddMinutes(1));
        var revoke = Hooks.Message("wamid.d", "revoke", new JsonObject { ["original_message_id"] = "wamid.2" });

        await bench.TakeAsync(Hooks.Messages(Hooks.Reaction("wamid.r", "wamid.1", "😀"), edit, revoke));
        Assert.Equal(3, (await bench.CountAsync()).Parked);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Size 39"), Hooks.Text("wamid.2", "Oops")));

        var edited = await bench.MessageAsync("wamid.1");
        Assert.Equal(("Size 40, sorry", Hooks.Noon.AddMinutes(1)), (edited.Text, edited.EditedAtUtc));
        Assert.Equal("😀", Assert.Single(edited.Reactions).Emoji);
        Assert.NotNull((await bench.MessageAsync("wamid.2")).DeletedAtUtc);
        Assert.Equal("", (await bench.ConversationAsync()).LastPreview);
        Assert.Equal((5, 0), ((int)(await bench.CountAsync()).Stored, (int)(await bench.CountAsync()).Parked));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_reaction_is_changed_and_taken_back_and_an_older_one_changes_nothing(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "Hello"),
            Hooks.Reaction("wamid.r2", "wamid.1", "👍", Hooks.Noon.AddSeconds(20)),
            Hooks.Reaction("wamid.r1", "wamid.1", "😀", Hooks.Noon.AddSeconds(10))));
        Assert.Equal("👍", Assert.Single((await bench.MessageAsync("wamid.1")).Reactions).Emoji);

        await bench.TakeAsync(Hooks.Messages(Hooks.Reaction("wamid.r3", "wamid.1", "", Hooks.Noon.AddSeconds(30))));

        Assert.Empty((await bench.MessageAsync("wamid.1")).Reactions);
        Assert.Equal(1, (await bench.ConversationAsync()).UnreadCount);
    }

    [Fact]
    public async Task An_answer_is_joined_to_the_line_it_quotes()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        var answer = Hooks.Text("wamid.2", "This one");
        answer["context"] = new JsonObject { ["id"] = "wamid.1" };

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Which?"), answer));

        Assert.Equal((await bench.MessageAsync("wamid.1")).Id, (await bench.MessageAsync("wamid.2")).ReplyToMessageId);
    }

    [Theory]
    [EveryDatabase]
    public async Task What_the_phone_app_sent_is_an_answer_of_ours_in_the_thread(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var echo = new JsonObject
        {
            ["id"] = "wamid.echo",
            ["from"] = "493023125100",
            ["to"] = Hooks.Amina,
            ["timestamp"] = Hooks.Unix(Hooks.Noon.AddMinutes(1)),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "Answered from the phone" },
        };

        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.1", "Hello")), Hooks.Body(Hooks.Change("smb_message_echoes", "message_echoes", echo)));

        var message = await bench.MessageAsync("wamid.echo");
        Assert.Equal((MessageDirection.Outbound, Author.PhoneApp, DeliveryStatus.Sent), (message.Direction, message.AuthorName, message.Status));
        var conversation = await bench.ConversationAsync();
        Assert.Equal("Phone app", await AuthorAsync(bench, conversation.Id));
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es");
        Assert.Equal("App del teléfono", await AuthorAsync(bench, conversation.Id));
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.AuthorName, "Phone app")));
        Assert.Equal("App del teléfono", await AuthorAsync(bench, conversation.Id));
        CultureInfo.CurrentUICulture = before;
        Assert.Equal((message.Id, null, Hooks.Noon), (conversation.LastMessageId, conversation.WaitingSinceUtc, conversation.WindowOpenedAtUtc));
    }

    private static async Task<string?> AuthorAsync(IntakeBench bench, long conversation) =>
        (await bench.Core.Get<ReadThread>().RunAsync(Caller.System, conversation, null, 10, CancellationToken.None))!.Lines[^1].AuthorName;

    [Theory]
    [EveryDatabase]
    public async Task Stopping_marketing_in_WhatsApp_is_an_opt_out_and_resuming_ends_it(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));

        await bench.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("stop", Hooks.Noon))));
        var stopped = (await bench.ConversationAsync()).Contact;
        Assert.Equal(Hooks.Noon, stopped.OptedOutAtUtc);
        Assert.Equal(nameof(ConsentSource.WhatsAppPreference), stopped.OptedOutReason);

        await bench.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("resume", Hooks.Noon.AddDays(1)))));
        Assert.Null((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
    }

    [Theory]
    [EveryDatabase]
    public async Task Signing_up_by_a_link_in_WhatsApp_ends_the_stop_and_is_kept_as_consent_whose_proof_lacks_the_words(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        await bench.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("stop", Hooks.Noon))));

        await bench.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.SignUp("790000000000001", Hooks.Noon.AddDays(1)))));

        var contact = (await bench.ConversationAsync()).Contact;
        Assert.Null(contact.OptedOutAtUtc);
        var view = (await bench.Core.Get<ReadConsent>().RunAsync(Caller.System, contact.Id, TestContext.Current.CancellationToken))!;
        Assert.Equal(Standing.Incomplete, view.Standing.Marketing.What);
        var line = view.Lines.Single(line => line.Action == ConsentAction.Granted);
        Assert.Equal(
            (ConsentPurpose.Marketing, ConsentSource.WhatsAppPreference, Hooks.Noon.AddDays(1), "DE", LawfulBasis.Consent, false),
            (line.Purpose, line.Source, line.AtUtc, line.Jurisdiction, line.Basis, line.Complete));
        Assert.Contains("790000000000001", line.Evidence!.Note, StringComparison.Ordinal);
        Assert.Contains("signup", line.Evidence.FormJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_up_to_something_else_in_WhatsApp_is_no_consent_to_marketing()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var other = Hooks.SignUp("790000000000001", Hooks.Noon);
        other["category"] = "something_new";

        await bench.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", other)));

        var contact = (await bench.ConversationAsync()).ContactId;
        Assert.Empty((await bench.Core.Get<ReadConsent>().RunAsync(Caller.System, contact, TestContext.Current.CancellationToken))!.Lines);
    }

    [Theory]
    [EveryDatabase]
    public async Task News_about_a_template_changes_our_copy(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = bench.Core.AccountId,
                WhatsAppId = "123",
                Name = "pickup",
                Language = "en_US",
                Status = "APPROVED",
                Category = "UTILITY",
            });
            await db.SaveChangesAsync();
        });

        await bench.TakeAsync(
            News("message_template_status_update", new JsonObject { ["event"] = "PAUSED", ["other_info"] = new JsonObject { ["title"] = "FIRST_PAUSE" } }),
            News("message_template_quality_update", new JsonObject { ["new_quality_score"] = "RED" }),
            News("template_category_update", new JsonObject { ["previous_category"] = "UTILITY", ["new_category"] = "MARKETING" }));

        var template = await bench.Core.WithDbAsync(db => db.Templates.AsNoTracking().SingleAsync());
        Assert.Equal(("PAUSED", "RED", "MARKETING", "FIRST_PAUSE"), (template.Status, template.Quality, template.Category, template.RejectedReason));
    }

    private static byte[] News(string field, JsonObject value)
    {
        value["message_template_id"] = 123;
        value["message_template_name"] = "pickup";
        value["message_template_language"] = "en_US";
        return Hooks.Body(new JsonObject { ["field"] = field, ["value"] = value });
    }

    [Fact]
    public async Task A_cart_with_absurd_numbers_can_still_be_added_up()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        var item = new JsonObject
        {
            ["product_retailer_id"] = "boots",
            ["quantity"] = "79228162514264337593543950335",
            ["item_price"] = "79228162514264337593543950335",
            ["currency"] = "EUR",
        };

        await bench.TakeAsync(Hooks.Messages(Hooks.Message("wamid.1", "order", new JsonObject
        {
            ["catalog_id"] = "c",
            ["product_items"] = new JsonArray(item, item.DeepClone()),
        })));

        var order = Assert.IsType<MessageContent.Order>(ContentJson.Read((await bench.MessageAsync("wamid.1")).ContentJson));
        Assert.Equal(2L * int.MaxValue, order.Lines.Sum(line => (long)line.Quantity));
        Assert.True(order.Lines.Sum(line => line.Price * line.Quantity) > 0);
    }
}
