using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class ConversationScreenTests : InboxTest
{
    [Fact]
    public async Task A_customers_message_appears_in_the_open_thread()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));

        await Rows.SaysAsync(amina, "Is my order on its way?");

        screen.WaitForAssertion(() => Assert.Equal("Is my order on its way?", screen.Find(".line-in .text").TextContent));
    }

    [Fact]
    public async Task The_tick_follows_what_WhatsApp_reports()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var answer = await Rows.AnsweredAsync(amina, "Yes", DeliveryStatus.Accepted);
        screen.WaitForAssertion(() => Assert.Equal("Accepted by WhatsApp", screen.Find(".line-out .tick").GetAttribute("aria-label")));

        await Rows.StatusAsync(amina, answer, DeliveryStatus.Read);

        screen.WaitForAssertion(() => Assert.Equal("Read", screen.Find(".line-out .tick").GetAttribute("aria-label")));
        screen.WaitForAssertion(() => Assert.Contains("tick-read", screen.Find(".line-out .tick").ClassName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_says_why_with_the_code_small_and_offers_to_try_again()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));

        await Rows.AnsweredAsync(amina, "Yes", DeliveryStatus.Failed, errorCode: 131026);

        screen.WaitForAssertion(() => Assert.Equal("(code 131026)", screen.Find(".bubble-error small").TextContent));
        screen.WaitForAssertion(() => Assert.Contains("Retry", screen.Find(".line-out .link-quiet").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_outcome_asks_not_to_send_again_yet()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));

        await Rows.AnsweredAsync(amina, "Yes", DeliveryStatus.Unknown);

        screen.WaitForAssertion(() => Assert.Contains("do not send it again", screen.Find(".bubble-unknown").TextContent, StringComparison.Ordinal));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".line-out .link-quiet")));
    }

    [Fact]
    public async Task A_closed_window_offers_the_template_and_a_message_of_the_customer_opens_the_box_again()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(-1));
        screen.WaitForAssertion(() => Assert.NotNull(screen.Find(".composer-closed [data-key=template]")));
        screen.WaitForAssertion(() => Assert.True(screen.Find(".box").HasAttribute("hidden")));

        await Rows.SaysAsync(amina, "I am back");

        screen.WaitForAssertion(() => Assert.False(screen.Find(".box").HasAttribute("hidden")));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".composer-closed")));
    }

    [Fact]
    public async Task A_draft_is_kept_for_this_person_and_conversation()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var box = screen.FindComponent<ReplyBox>();

        await box.InvokeAsync(() => box.Instance.SaveDraftAsync("Dear Amina,"));

        var kept = await Host.Get<KeepDraft>().ReadAsync(Caller(), amina, CancellationToken.None);
        Assert.Equal("Dear Amina,", kept.Text);
    }

    [Fact]
    public async Task The_draft_stays_as_a_quote_when_the_window_is_closed()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(-1));
        await Host.Get<KeepDraft>().SaveAsync(Caller(), amina, "Your boots are ready", [], null, CancellationToken.None);

        var screen = RenderScreen(amina);

        screen.WaitForAssertion(() => Assert.Equal("Your boots are ready", screen.Find(".draft bdi").TextContent));
    }

    [Fact]
    public async Task Pressing_send_twice_sends_once_and_shows_one_bubble()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var box = screen.FindComponent<ReplyBox>();
        var key = Guid.CreateVersion7();

        Assert.True((await box.InvokeAsync(() => box.Instance.SendAsync("On its way", key))).Sent);
        await box.InvokeAsync(() => box.Instance.SendAsync("On its way", key));

        Assert.Equal(1, await Rows.MessagesAsync(amina));
        screen.WaitForAssertion(() => Assert.Single(screen.FindAll(".line-out .text"), text => text.TextContent == "On its way"));
    }

    [Fact]
    public async Task A_refusal_is_said_and_the_text_stays()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var box = screen.FindComponent<ReplyBox>();
        var tooLong = new string('a', ReplyBox.MaxText + 1);

        var answer = await box.InvokeAsync(() => box.Instance.SendAsync(tooLong, Guid.CreateVersion7()));

        Assert.False(answer.Sent);
        box.WaitForAssertion(() => Assert.NotEmpty(box.Find("[data-refusal]").TextContent));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".line-out")));
        Assert.Equal(tooLong, (await Host.Get<KeepDraft>().ReadAsync(Caller(), amina, CancellationToken.None)).Text);
    }

    [Fact]
    public async Task What_went_before_a_refused_file_leaves_the_composer_and_is_not_sent_twice()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var box = screen.FindComponent<ReplyBox>();
        var gone = new UploadedFile(999_999, Guid.CreateVersion7(), "voice.ogg", "audio/ogg", 10, "audio");
        await box.InvokeAsync(async () =>
        {
            box.Instance.AddFile("one", "voice.ogg", 10);
            await box.Instance.FileReadyAsync("one", gone);
        });

        var first = await box.InvokeAsync(() => box.Instance.SendAsync("Listen to this", Guid.CreateVersion7()));
        await box.InvokeAsync(() => box.Instance.SendAsync("", Guid.CreateVersion7()));

        Assert.True(first.Sent);
        box.WaitForAssertion(() => Assert.NotEmpty(box.Find("[data-refusal]").TextContent));
        box.WaitForAssertion(() => Assert.Single(box.FindAll(".attachment")));
        Assert.Equal(1, await Rows.MessagesAsync(amina));
        Assert.Equal("", (await Host.Get<KeepDraft>().ReadAsync(Caller(), amina, CancellationToken.None)).Text);
    }

    [Fact]
    public async Task What_is_seen_is_marked_read_and_what_is_behind_another_tab_is_not()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var hello = await Rows.SaysAsync(amina, "Hello");
        var screen = RenderScreen(amina);
        screen.WaitForAssertion(() => Assert.Equal("1 unread", screen.Find("[data-unread]").TextContent));
        var thread = screen.FindComponent<MessageThread>();

        await thread.InvokeAsync(() => thread.Instance.SeenAsync(0));
        Assert.Equal(1, (await ViewAsync(amina)).Unread);

        await thread.InvokeAsync(() => thread.Instance.SeenAsync(hello));
        Assert.Equal(0, (await ViewAsync(amina)).Unread);
        screen.WaitForAssertion(() => Assert.Equal("1 unread", screen.Find("[data-unread]").TextContent));
    }

    [Fact]
    public async Task A_reply_that_many_lines_came_after_is_not_drawn_again_at_the_end()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var first = await Rows.SaysAsync(amina, "The first of many");
        for (var i = 0; i < ReadThread.PageSize + 20; i++)
        {
            await Rows.SaysAsync(amina, $"Before {i}");
        }

        var screen = RenderScreen(amina);
        var box = screen.FindComponent<ReplyBox>();
        screen.WaitForElement(".line-in");
        Assert.True((await box.InvokeAsync(() => box.Instance.SendAsync("Mine", Guid.CreateVersion7()))).Sent);
        screen.WaitForAssertion(() => Assert.DoesNotContain("m--1", screen.Find(".line-out").Id!, StringComparison.Ordinal));
        for (var i = 0; i < ReadThread.PageSize + 5; i++)
        {
            await Rows.SaysAsync(amina, $"After {i}");
        }

        var thread = screen.FindComponent<MessageThread>();
        screen.WaitForAssertion(() => Assert.Contains($"After {ReadThread.PageSize + 4}", screen.FindAll(".line-in")[^1].TextContent, StringComparison.Ordinal));
        Assert.True(await thread.InvokeAsync(() => thread.Instance.ReachAsync(first)));
        screen.WaitForAssertion(() => Assert.Contains("The first of many", screen.FindAll(".line-in")[0].TextContent, StringComparison.Ordinal));
        if (screen.FindAll("[data-newer]").Count > 0)
        {
            await screen.Find("[data-latest]").ClickAsync();
        }

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-newer]")));
        Assert.True(screen.FindAll(".line-out").Count <= 1);
        Assert.Empty(screen.FindAll("#m--1"));
    }

    [Fact]
    public async Task Hostile_text_is_inert()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));

        await Rows.SaysAsync(amina, "<b onmouseover=alert(1)>*bold*</b> javascript:alert(2) https://example.com/");

        screen.WaitForAssertion(() => Assert.Equal("bold", screen.Find(".line-in .text strong").TextContent));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".line-in .text b")));
        screen.WaitForAssertion(() => Assert.Equal(["https://example.com/"], screen.FindAll(".line-in .text a").Select(link => link.GetAttribute("href"))));
    }

    [Fact]
    public async Task A_file_still_on_its_way_and_one_that_is_lost_say_so()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));

        await Rows.PictureAsync(amina, MediaState.Pending);
        await Rows.PictureAsync(amina, MediaState.Failed);
        await Rows.PictureAsync(amina, MediaState.Ready);

        screen.WaitForAssertion(() => Assert.NotNull(screen.Find(".media-image img")));
        screen.WaitForAssertion(() => Assert.NotNull(screen.Find(".media-wait")));
        screen.WaitForAssertion(() => Assert.Equal("WhatsApp no longer has this file.", screen.Find(".media-failed span").TextContent));
        screen.WaitForAssertion(() => Assert.Equal("400", screen.Find(".media-image img").GetAttribute("width")));
    }

    [Fact]
    public async Task Older_lines_come_on_top()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        for (var i = 0; i < ReadThread.PageSize + 3; i++)
        {
            await Rows.AnsweredAsync(amina, $"Line {i}", DeliveryStatus.Read);
        }

        var screen = RenderScreen(amina);
        screen.WaitForAssertion(() => Assert.Equal(ReadThread.PageSize, screen.FindAll(".line").Count));
        var thread = screen.FindComponent<MessageThread>();

        Assert.True(await thread.InvokeAsync(thread.Instance.OlderAsync));

        screen.WaitForAssertion(() => Assert.Equal("Line 0", screen.Find(".line .text").TextContent));
        screen.WaitForAssertion(() => Assert.Equal(ReadThread.PageSize + 3, screen.FindAll(".line").Count));
        Assert.False(await thread.InvokeAsync(thread.Instance.OlderAsync));
    }

    [Fact]
    public async Task A_message_far_above_is_shown_with_what_is_around_it_and_the_way_back_is_read_page_by_page()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        List<long> lines = [];
        for (var i = 0; i < 4 * ReadThread.PageSize; i++)
        {
            lines.Add(await Rows.AnsweredAsync(amina, $"Line {i}", DeliveryStatus.Read));
        }

        var screen = RenderScreen(amina);
        screen.WaitForAssertion(() => Assert.Equal(ReadThread.PageSize, screen.FindAll(".line").Count));
        var thread = screen.FindComponent<MessageThread>();

        Assert.True(await thread.InvokeAsync(() => thread.Instance.ReachAsync(lines[10])));
        screen.WaitForAssertion(() => Assert.Equal("Line 0", screen.Find(".line .text").TextContent));
        screen.WaitForAssertion(() => Assert.Equal($"Line {10 + ReadThread.PageSize}", screen.FindAll(".line .text").Last().TextContent));
        Assert.NotNull(screen.Find("[data-newer]"));

        for (var page = 0; page < 3; page++)
        {
            Assert.True(await thread.InvokeAsync(thread.Instance.NewerAsync));
        }

        screen.WaitForAssertion(() => Assert.Equal(lines.Count, screen.FindAll(".line").Count));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-newer]")));
        Assert.False(await thread.InvokeAsync(thread.Instance.NewerAsync));
        Assert.False(await thread.InvokeAsync(() => thread.Instance.ReachAsync(lines[^1] + 1_000)));
        Assert.Equal(lines.Count, screen.FindAll(".line").Count);
    }

    [Fact]
    public async Task Only_the_bubble_that_changed_is_drawn_again()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var first = await Rows.AnsweredAsync(amina, "One", DeliveryStatus.Sent);
        await Rows.AnsweredAsync(amina, "Two", DeliveryStatus.Sent);
        screen.WaitForAssertion(() => Assert.Equal(2, screen.FindComponents<MessageBubble>().Count));
        var before = screen.FindComponents<MessageBubble>().ToDictionary(bubble => bubble.Instance.Line.Id, bubble => bubble.RenderCount);

        await Rows.StatusAsync(amina, first, DeliveryStatus.Delivered);

        screen.WaitForAssertion(() => Assert.Equal("Delivered", screen.Find(".line-out .tick").GetAttribute("aria-label")));
        Assert.All(screen.FindComponents<MessageBubble>(), bubble =>
            Assert.Equal(bubble.Instance.Line.Id == first, bubble.RenderCount > before[bubble.Instance.Line.Id]));
    }

    [Fact]
    public async Task A_tick_reads_its_line_alone_and_draws_nothing_around_it()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        Seen.Clear();
        await Rows.SaysAsync(amina, "Hello");
        screen.WaitForAssertion(() => Assert.Single(screen.FindComponents<MessageBubble>()));
        await Until.TrueAsync(() => Seen.Headers > 0, "the header to have followed");
        Seen.Clear();
        var answer = await Rows.AnsweredAsync(amina, "Yes", DeliveryStatus.Sent);
        screen.WaitForAssertion(() => Assert.Equal(2, screen.FindComponents<MessageBubble>().Count));
        await Until.TrueAsync(() => Seen.Headers > 0, "the header to have followed again");
        var around = screen.FindComponent<ContactPanel>();
        var drawn = around.RenderCount;
        Seen.Clear();

        await Rows.StatusAsync(amina, answer, DeliveryStatus.Delivered);

        screen.WaitForAssertion(() => Assert.Equal("Delivered", screen.Find(".line-out .tick").GetAttribute("aria-label")));
        Assert.Equal((0, 0), (Seen.ThreadPages, Seen.Headers));
        Assert.Equal(drawn, around.RenderCount);
    }

    [Fact]
    public async Task What_comes_while_somebody_looks_is_marked_read_though_the_unread_mark_comes_after_the_line()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var thread = screen.FindComponent<MessageThread>();

        for (var i = 0; i < 3; i++)
        {
            await thread.InvokeAsync(() => thread.Instance.SeenAsync(0));
            var message = await Rows.SaysAsync(amina, $"Message {i}");
            await thread.InvokeAsync(() => thread.Instance.SeenAsync(message));
            await Until.TrueAsync(async () => (await ViewAsync(amina)).Unread == 0, "the message to be marked read");
        }
    }

    [Fact]
    public async Task What_comes_after_the_newest_line_that_was_seen_stays_unread()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var thread = screen.FindComponent<MessageThread>();
        var seen = await Rows.SaysAsync(amina, "While somebody looks");
        await thread.InvokeAsync(() => thread.Instance.SeenAsync(seen));
        await Until.TrueAsync(async () => (await ViewAsync(amina)).Unread == 0, "the message to be marked read");

        await Rows.SaysAsync(amina, "Behind their back");
        screen.WaitForAssertion(() => Assert.Contains("Behind their back", screen.Find("[data-thread]").TextContent));
        await thread.InvokeAsync(() => thread.Instance.SeenAsync(seen));

        Assert.Equal(1, (await ViewAsync(amina)).Unread);
    }

    [Fact]
    public async Task The_picker_shows_what_was_used_last_and_narrows_to_what_can_be_sent()
    {
        foreach (var (name, status, category) in ((string, string, string)[])[("alpha", "APPROVED", "UTILITY"), ("beta", "APPROVED", "UTILITY"), ("gamma", "PAUSED", "UTILITY"), ("delta", "APPROVED", "AUTHENTICATION")])
        {
            await Rows.TemplateAsync(name, """[{"type":"BODY","text":"Hello."}]""", status, category);
        }

        await Rows.TemplateUsedAsync("beta", new DateOnly(2026, 11, 20));
        await Rows.TemplateUsedAsync("gamma", new DateOnly(2026, 11, 21));
        var (screen, _) = await OpenAsync(TimeSpan.FromHours(-1));
        screen.WaitForElement(".composer-closed [data-key=template]").Click();

        screen.WaitForAssertion(() => Assert.Equal(["beta"], Names("[data-recent]")));
        Assert.Equal(4, Names("[data-all]").Count());
        screen.Find("[data-sendable]").Click();
        screen.WaitForAssertion(() => Assert.DoesNotContain("gamma", Names("[data-all]")));
        Assert.Empty(screen.FindAll("[data-recent]"));
        screen.Find("[data-category]").Change("UTILITY");
        screen.WaitForAssertion(() => Assert.Equal(["alpha", "beta"], Names("[data-all]")));

        IEnumerable<string> Names(string list) => screen.FindAll($"{list} .template-choice strong").Select(choice => choice.TextContent);
    }

    [Fact]
    public async Task The_details_of_a_message_tell_our_estimate_and_unknown_is_unknown()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        await Rows.AnsweredAsync(amina, "Yes", DeliveryStatus.Accepted, isFromHere: true);

        screen.WaitForElement(".line-out [data-details]").Click();

        screen.WaitForAssertion(() => Assert.Equal("Price unknown", screen.Find("[data-estimate]").TextContent.Trim()));
    }

    [Fact]
    public async Task The_details_name_what_was_charged_in_our_words_and_say_when_the_message_is_gone()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        var charged = await Rows.AnsweredAsync(amina, "Your parcel left", DeliveryStatus.Delivered, isFromHere: true);
        await Rows.ChargedAsync(charged, "utility");
        screen.WaitForElement(".line-out [data-details]").Click();
        screen.WaitForAssertion(() => Assert.Contains("Utility", screen.Find("[data-story]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("utility", screen.Find("[data-story]").TextContent, StringComparison.Ordinal);

        var gone = Render<MessageDetails>(parameters => parameters.Add(details => details.Viewer, Berlin)
            .Add(details => details.Line, screen.FindComponent<MessageBubble>().Instance.Line with { Id = 99_999 }));
        gone.WaitForAssertion(() => Assert.Contains("no longer kept", gone.Find("[data-gone]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_panel_tells_orders_what_was_charged_and_leads_to_the_order()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(10));
        screen.WaitForAssertion(() => Assert.Equal("free of charge", screen.Find("[data-cost]").TextContent));
        Assert.Empty(screen.FindAll("[data-orders]"));

        var order = await Rows.ContentAsync(
            amina, MessageKind.Order, new MessageContent.Order("1", null, [new OrderLine("WAX-SET", 2, 14.5m, "EUR"), new OrderLine("BOOT", 1, 100m, "EUR")]));
        screen.WaitForAssertion(() => Assert.Contains("Order of 3 items · 129.00 EUR", screen.Find("[data-orders]").TextContent, StringComparison.Ordinal));
        Assert.EndsWith($"at={order}", screen.Find("[data-orders] a").GetAttribute("href"), StringComparison.Ordinal);

        var charged = await Rows.AnsweredAsync(amina, "Your parcel left", DeliveryStatus.Delivered, isFromHere: true);
        await Rows.ChargedAsync(charged, "marketing");
        await Rows.SaysAsync(amina, "Thank you");
        screen.WaitForAssertion(() => Assert.Contains("≈", screen.Find("[data-cost]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_panel_shows_the_fields_of_the_contact_that_are_filled_in_and_follows_them()
    {
        var day = await FieldAsync("Birthday", ContactFieldType.Date);
        await FieldAsync("Shoe size", ContactFieldType.Number);
        var (screen, _) = await OpenAsync(TimeSpan.FromHours(10));
        screen.WaitForAssertion(() => Assert.Equal("free of charge", screen.Find("[data-cost]").TextContent));
        Assert.Empty(screen.FindAll("[data-field]"));

        var contact = screen.FindComponent<PanelFactsBox>().Instance.View.ContactId;
        await Host.Get<EditContact>().RunAsync(
            Core.Team.Caller.System, contact, new ContactEdit(Fields: new Dictionary<long, string?> { [day] = "1990-02-01" }), CancellationToken.None);

        screen.WaitForAssertion(() => Assert.Equal("Birthday", Assert.Single(screen.FindAll("[data-field]")).TextContent));
        Assert.Equal("1 Feb 1990", screen.Find("[data-field] + dd").TextContent);

        async Task<long> FieldAsync(string name, ContactFieldType type) => Assert.IsType<SaveContactFieldOutcome.Saved>(
            await Host.Get<SaveContactField>().RunAsync(Core.Team.Caller.System, new ContactFieldDraft(null, name, type, []), CancellationToken.None)).Field.Id;
    }

    [Fact]
    public async Task Asking_to_deliver_later_keeps_what_was_just_typed_and_a_double_click_asks_once()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(-1));
        screen.WaitForElement("[data-later-text]").Change("It is ready");
        screen.WaitForElement("[data-deliver]").Click(new MouseEventArgs { Detail = 1 });
        screen.WaitForAssertion(() => Assert.Equal("on", screen.Find("[data-later]").GetAttribute("data-later")));

        screen.Find("[data-deliver]").Click(new MouseEventArgs { Detail = 2 });
        Assert.Equal("on", screen.Find("[data-later]").GetAttribute("data-later"));
        Assert.True((await Host.Get<KeepDraft>().ReadAsync(Caller(), amina, CancellationToken.None)).GoesWhenAnswered);

        screen.Find("[data-deliver]").Click();
        screen.WaitForAssertion(() => Assert.Equal("off", screen.Find("[data-later]").GetAttribute("data-later")));
    }

    [Fact]
    public async Task The_box_opens_when_the_text_that_waited_has_gone_however_long_after_the_customer_wrote()
    {
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(-1));
        screen.WaitForElement("[data-later-text]").Change("It is ready");
        screen.WaitForElement("[data-deliver]").Click();
        screen.WaitForAssertion(() => Assert.Equal("on", screen.Find("[data-later]").GetAttribute("data-later")));
        await Rows.SaysAsync(amina, "I am back");
        screen.WaitForAssertion(() => Assert.Contains("on its way", screen.Find(".composer-closed").TextContent, StringComparison.Ordinal));
        screen.WaitForAssertion(() => Assert.Equal("I am back", screen.Find(".line-in .text").TextContent));

        await Rows.DeliverDraftsAsync();

        screen.WaitForAssertion(() => Assert.Equal("It is ready", screen.Find(".line-out .text").TextContent));
        screen.WaitForAssertion(() => Assert.False(screen.Find(".box").HasAttribute("hidden")));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-later]")));
    }

    [Fact]
    public async Task A_template_is_filled_in_and_sent_where_the_window_is_closed()
    {
        await Rows.TemplateAsync("hello_again", """[{"type":"BODY","text":"Hello {{1}}, shall we go on?","example":{"body_text":[["Ana"]]}}]""");
        await Rows.TemplateAsync("late", """[{"type":"BODY","text":"Late."}]""", status: "REJECTED");
        var (screen, amina) = await OpenAsync(TimeSpan.FromHours(-1));
        screen.WaitForElement(".composer-closed [data-key=template]").Click();

        screen.WaitForAssertion(() => Assert.Equal(2, screen.FindAll(".template-choice").Count));
        screen.WaitForAssertion(() => Assert.Single(screen.FindAll(".template-choice[disabled]")));
        screen.WaitForAssertion(() => screen.Find(".template-choice:not([disabled])").Click());
        screen.WaitForAssertion(() => Assert.True(screen.Find("[data-send-template]").HasAttribute("disabled")));

        screen.WaitForAssertion(() => screen.Find(".template-fields input").Input("Amina"));
        screen.WaitForAssertion(() => Assert.Equal("Hello Amina, shall we go on?", screen.Find(".template-preview .text").TextContent));
        screen.WaitForAssertion(() => screen.Find("[data-send-template]").Click());

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".template-form")));
        Assert.Equal(1, await Rows.MessagesAsync(amina));
        screen.WaitForAssertion(() => Assert.Equal("Hello Amina, shall we go on?", screen.Find(".line-out .sent-template .text").TextContent));
    }

    [Fact]
    public async Task A_conversation_that_is_not_theirs_is_not_told_about()
    {
        var screen = RenderScreen(9999);

        screen.WaitForAssertion(() => Assert.Contains("not here", screen.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    private async Task<(IRenderedComponent<ConversationScreen> Screen, long Id)> OpenAsync(TimeSpan windowLeft)
    {
        var id = await Rows.ConversationAsync("Amina Said", windowLeft);
        var screen = RenderScreen(id);
        screen.WaitForAssertion(() => Assert.NotNull(screen.Find(".composer")));
        return (screen, id);
    }

    private IRenderedComponent<ConversationScreen> RenderScreen(long id) => Render<ConversationScreen>(parameters => parameters
        .Add(screen => screen.Id, id)
        .Add(screen => screen.Viewer, Berlin));

    private Caller Caller() => new(Ana.Id, Ana.DisplayName, Role.Agent, null);

    private async Task<ConversationView> ViewAsync(long id) =>
        (await Host.Get<ReadConversation>().RunAsync(Caller(), id, CancellationToken.None))!;
}
