using Bunit;
using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Templates;
using WaConsole.Testing;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Conversations.Bubbles;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

/// <summary>The form of a template is made from its definition and shows what the customer will get.</summary>
public sealed class TemplateFormTests : InboxTest
{
    private const string Carousel = """
        [{"type":"BODY","text":"Hello {{1}}, look."},{"type":"CAROUSEL","cards":[
        {"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Boots for {{1}} days."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]},
        {"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Shoes for {{1}} days."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]}]}]
        """;

    [Fact]
    public async Task Every_card_has_its_own_fields_and_the_preview_follows()
    {
        var screen = await OpenAsync(Carousel);

        Assert.Equal(["Card 1", "Card 2"], screen.FindAll(".template-card-fields legend").Select(legend => legend.TextContent));
        Assert.Equal(2, screen.FindAll(".template-card-fields .media-pick").Count);
        screen.Find("[data-field='card.1.body.1']").Input("dry");
        screen.Find("[data-field='card.1.button.0']").Input("shoes");

        screen.WaitForAssertion(() => Assert.Equal(
            ["Boots for {{1}} days.", "Shoes for dry days."], screen.FindAll(".template-preview .template-cards .text").Select(text => text.TextContent)));
        Assert.Equal("https://a.example/shoes", screen.FindAll(".template-preview .template-cards .sent-buttons li")[1].GetAttribute("title"));
        Assert.True(screen.Find("[data-send-template]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_value_WhatsApp_would_refuse_is_said_beside_its_field_and_keeps_the_button_shut()
    {
        var screen = await OpenAsync(
            """[{"type":"BODY","text":"Twenty off."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]""");

        screen.Find("[data-field='button.0']").Input("SAVE 20");

        screen.WaitForAssertion(() => Assert.Contains("letters and digits", screen.Find(".template-fields .field-problem").TextContent, StringComparison.Ordinal));
        Assert.True(screen.Find("[data-send-template]").HasAttribute("disabled"));
        screen.Find("[data-field='button.0']").Input("SAVE20");
        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));
    }

    [Fact]
    public async Task The_customers_own_opt_out_page_goes_into_a_text_whole_and_into_a_link_by_its_end()
    {
        var screen = await OpenAsync(
            """[{"type":"BODY","text":"Leave at any time: {{1}} ."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Stop","url":"https://console.example/opt-out/{{1}}"}]}]""");
        screen.WaitForElement(".insert-word");
        var link = screen.Find("[data-field='button.0']").ParentElement!.ParentElement!;
        Assert.Single(link.QuerySelectorAll("option[value]:not([value=''])"));

        link.QuerySelector("select")!.Change(KnownWords.OptOutEnd);
        screen.Find("[data-field='body.1']").Input("{{opt_out_link}}");

        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));
        var token = screen.Find(".template-preview .sent-buttons li").GetAttribute("title")!.Replace("https://console.example/opt-out/", "", StringComparison.Ordinal);
        Assert.Contains($"/opt-out/{token}", screen.Find(".template-preview .text").TextContent, StringComparison.Ordinal);
        Assert.True(await Host.Get<WaConsole.Core.Capture.LeaveByLink>().RunAsync(token, new WaConsole.Core.Capture.Leaving(false), CancellationToken.None));
    }

    [Fact]
    public async Task What_may_stay_empty_is_shown_on_request()
    {
        var screen = await OpenAsync("""[{"type":"BODY","text":"Which?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Left"}]}]""");

        Assert.Empty(screen.FindAll(".template-fields input"));
        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));
        screen.Find("[data-more-fields]").Click();

        screen.WaitForAssertion(() => Assert.NotNull(screen.Find("[data-field='button.0']")));
    }

    [Fact]
    public async Task A_contact_field_goes_into_the_text_and_one_that_is_not_known_asks_for_a_word()
    {
        var screen = await OpenAsync("""[{"type":"BODY","text":"Hello {{1}}, welcome."}]""");

        screen.WaitForElement(".insert-word").Change("first_name");
        screen.WaitForAssertion(() => Assert.Equal("Hello Amina, welcome.", screen.Find(".template-preview .text").TextContent));
        screen.Find("[data-field='body.1']").Input("{{username}}");
        screen.WaitForAssertion(() => Assert.Contains("{{username}}", screen.Find("[data-unknown]").TextContent, StringComparison.Ordinal));
        Assert.True(screen.Find("[data-send-template]").HasAttribute("disabled"));
        screen.Find("[data-field='body.1']").Input("{{username|friend}}");

        screen.WaitForAssertion(() => Assert.Equal("Hello friend, welcome.", screen.Find(".template-preview .text").TextContent));
        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));
    }

    [Fact]
    public async Task The_same_contact_field_goes_in_as_often_as_it_is_chosen()
    {
        var screen = await OpenAsync("""[{"type":"BODY","text":"Hello {{1}}."}]""");
        screen.WaitForElement(".insert-word").Change("first_name");
        screen.WaitForAssertion(() => Assert.Equal("Hello Amina.", screen.Find(".template-preview .text").TextContent));

        // A browser tells of a choice only when another one stood there before.
        Assert.Equal("", screen.Find(".insert-word").GetAttribute("value"));
        screen.Find(".insert-word").Change("first_name");

        screen.WaitForAssertion(() => Assert.Equal("Hello AminaAmina.", screen.Find(".template-preview .text").TextContent));
    }

    [Fact]
    public async Task What_it_will_probably_cost_stands_beside_the_button()
    {
        var screen = await OpenAsync("""[{"type":"BODY","text":"Good news."}]""");

        screen.WaitForAssertion(() => Assert.Contains("0.0550 USD (Germany)", screen.Find("[data-price]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_gate_says_no_before_anything_is_pressed()
    {
        var screen = await OpenAsync(
            """[{"type":"BODY","text":"Good news."}]""", before: Rows.StopSendingAsync);

        screen.WaitForAssertion(() => Assert.NotNull(screen.Find("[data-refusal]")));
        Assert.True(screen.Find("[data-send-template]").HasAttribute("disabled"));
    }

    [Fact]
    public void A_language_from_right_to_left_is_drawn_so_and_an_offer_shows_its_end_and_code()
    {
        var sent = new MessageContent.SentTemplate("n", "ar", "MARKETING", null, "مرحبا", null, [new("COPY_CODE", "", "SAVE20")], null)
        {
            HeaderKind = "IMAGE",
            Offer = new SentOffer("Ends soon", new DateTime(2026, 12, 1, 10, 0, 0, DateTimeKind.Utc)),
        };

        var preview = Render<TemplatePreview>(parameters => parameters.Add(p => p.Template, sent));

        Assert.Equal("rtl", preview.Find(".sent-template").GetAttribute("dir"));
        Assert.NotNull(preview.Find("[data-gap=IMAGE]"));
        Assert.Contains("SAVE20", preview.Find(".sent-offer").TextContent, StringComparison.Ordinal);
        Assert.Equal("Copy offer code", preview.Find(".sent-buttons bdi").TextContent);
    }

    [Fact]
    public void Of_more_than_three_buttons_the_phone_shows_two_and_the_rest_behind_a_list()
    {
        var buttons = Enumerable.Range(1, 5).Select(index => new TemplateButton("QUICK_REPLY", $"B{index}", null)).ToList();

        var drawn = Render<TemplateButtons>(parameters => parameters.Add(b => b.Buttons, buttons));

        Assert.Equal(["B1", "B2"], drawn.FindAll(".sent-buttons > li:not(.sent-rest) > bdi").Take(2).Select(button => button.TextContent));
        Assert.Equal(3, drawn.FindAll("details .sent-buttons li").Count);
    }

    [Fact]
    public async Task A_sticker_may_follow_when_the_customer_answers_and_only_sounds_and_stickers_are_offered()
    {
        await Rows.LibraryFileAsync("Thank you", "image/webp");
        await Rows.LibraryFileAsync("Price list", "application/pdf");
        await Rows.LibraryFileAsync("Bell", "audio/mpeg");
        var screen = await OpenAsync("""[{"type":"BODY","text":"Your pair is ready."}]""");
        await screen.WaitForElement("[data-choose-follow]").ClickAsync(new());
        screen.WaitForAssertion(() => Assert.Equal(["Bell"], screen.FindAll(".library-name bdi").Select(name => name.TextContent)));
        await screen.FindAll(".library-tabs button")[1].ClickAsync(new());
        await screen.Find(".library-choose").ClickAsync(new());
        Assert.Equal("Thank you", screen.Find(".follow-file bdi").TextContent);
        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));

        await screen.Find("[data-send-template]").ClickAsync(new());

        var draft = await DraftAsync(screen);
        Assert.Equal((true, "Thank you.webp"), (draft.GoesWhenAnswered, Assert.Single(draft.Files).FileName));
    }

    [Fact]
    public async Task Nothing_follows_where_a_reply_is_begun_and_nothing_is_offered_while_one_may_write()
    {
        var screen = await OpenAsync(
            """[{"type":"BODY","text":"Your pair is ready."}]""", draft: "Half a word");
        Assert.Equal("DraftThere", screen.WaitForElement("[data-follow]").GetAttribute("data-follow"));
        Assert.Empty(screen.FindAll("[data-choose-follow]"));

        var open = await OpenAsync("""[{"type":"BODY","text":"Your pair is ready."}]""", ends: TimeSpan.FromHours(5), name: "second");
        open.WaitForAssertion(() => Assert.False(open.Find("[data-send-template]").HasAttribute("disabled")));
        Assert.Empty(open.FindAll("[data-follow]"));
    }

    [Fact]
    public async Task What_came_between_is_said_and_the_template_is_not_sent_twice()
    {
        await Rows.LibraryFileAsync("Thank you", "image/webp");
        var screen = await OpenAsync("""[{"type":"BODY","text":"Your pair is ready."}]""");
        await screen.WaitForElement("[data-choose-follow]").ClickAsync(new());
        await screen.WaitForElement(".library-tabs button:last-child").ClickAsync(new());
        await screen.WaitForElement(".library-choose").ClickAsync(new());
        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));
        await Host.Get<KeepDraft>().SaveAsync(Me, screen.Instance.View.Id, "Begun elsewhere", [], null, CancellationToken.None);

        await screen.Find("[data-send-template]").ClickAsync(new());

        screen.WaitForAssertion(() => Assert.StartsWith("The template is sent.", screen.Find("[data-refusal]").TextContent.Trim(), StringComparison.Ordinal));
        Assert.True(screen.Find("[data-send-template]").HasAttribute("disabled"));
        Assert.Equal(("Begun elsewhere", 0), await DraftAsync(screen) is var draft ? (draft.Text, draft.Files.Count) : default);
    }

    [Fact]
    public async Task A_draft_that_was_poured_into_a_template_goes_with_it_and_one_that_was_not_stays()
    {
        const string components = """[{"type":"BODY","text":"About your shoes: {{1}}."}]""";
        var screen = await OpenAsync(components, draft: "The sole is glued", pours: true);
        screen.WaitForAssertion(() => Assert.False(screen.Find("[data-send-template]").HasAttribute("disabled")));
        await screen.Find("[data-send-template]").ClickAsync(new());
        Assert.Equal("", (await DraftAsync(screen)).Text);

        var other = await OpenAsync("""[{"type":"BODY","text":"Your pair is ready."}]""", draft: "Half a word", name: "second");
        other.WaitForAssertion(() => Assert.False(other.Find("[data-send-template]").HasAttribute("disabled")));
        await other.Find("[data-send-template]").ClickAsync(new());
        Assert.Equal("Half a word", (await DraftAsync(other)).Text);
    }

    private WaConsole.Core.Team.Caller Me => new(Ana.Id, Ana.DisplayName, WaConsole.Core.Team.Role.Agent, null);

    private Task<DraftView> DraftAsync(IRenderedComponent<TemplateForm> screen) =>
        Host.Get<KeepDraft>().ReadAsync(Me, screen.Instance.View.Id, CancellationToken.None);

    private async Task<IRenderedComponent<TemplateForm>> OpenAsync(
        string components, Func<Task>? before = null, string? draft = null, TimeSpan? ends = null, string name = "t",
        bool pours = false)
    {
        await Rows.TemplateAsync(name, components);
        var id = await Rows.ConversationAsync("Amina Said", ends ?? TimeSpan.FromHours(-1));
        if (draft is not null)
        {
            await Host.Get<KeepDraft>().SaveAsync(Me, id, draft, [], null, CancellationToken.None);
        }

        if (before is not null)
        {
            await before();
        }

        var view = (await Host.Get<ReadConversation>().RunAsync(Me, id, CancellationToken.None))!;
        var template = (await Host.Get<ListTemplates>().RunAsync(Me, view.NumberId, CancellationToken.None)).Single(t => t.Name == name);
        return Render<TemplateForm>(parameters => parameters
            .Add(form => form.Template, template)
            .Add(form => form.View, view)
            .Add(form => form.Draft, pours ? draft! : ""));
    }
}
