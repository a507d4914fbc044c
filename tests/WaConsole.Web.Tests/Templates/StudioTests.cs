using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Templates;
using WaConsole.Web.Components.Templates.Compose;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Templates;

public sealed class StudioTests : InboxTest
{
    [Fact]
    public async Task The_list_shows_a_name_once_with_its_languages_and_follows_their_states()
    {
        await MarketerAsync();
        var template = await Rows.TemplateInAsync("restock", "en", "PENDING");
        await Rows.TemplateInAsync("restock", "de", "APPROVED");
        var list = Render<TemplateList>();
        list.WaitForAssertion(() => Assert.Equal(["English · In review", "Deutsch · Approved"], list.FindAll(".language-chips a").Select(chip => chip.TextContent)));

        await Rows.TemplateStatusAsync(template, "REJECTED");

        list.WaitForAssertion(() => Assert.Equal("English · Rejected", list.Find(".language-chips .bad").TextContent));
        Assert.Single(list.FindAll("tbody tr"));
    }

    [Fact]
    public async Task What_is_typed_shows_on_the_phone_is_checked_and_saved_and_the_field_is_left_alone()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en", Named = true });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        var before = studio.Find("[data-path=body]").OuterHtml;

        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Hello {{first_name}}, *boots* are back.")]));
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body.samples.first_name", "Ines")]));

        studio.WaitForAssertion(() => Assert.Contains("Hello Ines", studio.Find(".phone-frame .text").TextContent, StringComparison.Ordinal));
        Assert.Equal("boots", studio.Find(".phone-frame .text strong, .phone-frame .text b").TextContent);
        Assert.Equal(before, studio.Find("[data-path=body]").OuterHtml);
        await studio.Find("[data-save]").ClickAsync(new());
        studio.WaitForElement("[data-saved=yes]");
        var saved = (await ReadAsync(id)).Content;
        Assert.Equal(("Hello {{first_name}}, *boots* are back.", "Ines"), (saved.Body.Text, saved.Body.Samples["first_name"]));
    }

    [Fact]
    public async Task A_studio_that_is_left_saves_what_was_not_saved_yet()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Half a sentence")]));

        await DisposeComponentsAsync();

        Assert.Equal("Half a sentence", (await ReadAsync(id)).Content.Body.Text);
    }

    [Fact]
    public async Task Two_who_write_at_once_are_told_and_nothing_is_written_over()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Mine")]));
        var theirs = await ReadAsync(id);
        await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(id, theirs.BusinessAccountId, theirs.Version, theirs.Content with { Body = new ComposedText("Theirs") }), CancellationToken.None);

        await studio.Find("[data-save]").ClickAsync(new());

        studio.WaitForElement(".problem .link");
        Assert.Equal("Theirs", (await ReadAsync(id)).Content.Body.Text);
        await studio.FindAll(".problem .link")[1].ClickAsync(new());
        studio.WaitForElement("[data-saved=yes]");
        Assert.Equal("Mine", (await ReadAsync(id)).Content.Body.Text);
    }

    [Fact]
    public async Task What_somebody_saved_just_so_is_no_conflict()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Back in stock")]));
        var theirs = await ReadAsync(id);
        await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(id, theirs.BusinessAccountId, theirs.Version, theirs.Content with { Body = new ComposedText("Back in stock") }), CancellationToken.None);

        await studio.Find("[data-save]").ClickAsync(new());

        studio.WaitForElement("[data-saved=yes]");
        Assert.Empty(studio.FindAll(".problem"));
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Back in stock today")]));
        await studio.Find("[data-save]").ClickAsync(new());
        studio.WaitForElement("[data-saved=yes]");
        Assert.Equal("Back in stock today", (await ReadAsync(id)).Content.Body.Text);
    }

    [Fact]
    public async Task Who_takes_the_other_version_sees_it_in_every_box()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Mine"), new TypedField("footer", "Mine too")]));
        var theirs = await ReadAsync(id);
        await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System,
            new TemplateDraftToSave(id, theirs.BusinessAccountId, theirs.Version, theirs.Content with { Body = new ComposedText("Theirs"), Footer = "Theirs too" }),
            CancellationToken.None);
        await studio.Find("[data-save]").ClickAsync(new());
        studio.WaitForElement(".problem bdi");

        await studio.FindAll(".problem .link")[0].ClickAsync(new());

        studio.WaitForAssertion(() => Assert.Equal("Theirs", studio.Find("[data-path=body]").TextContent));
        Assert.Equal("Theirs too", studio.Find("[data-path=footer]").GetAttribute("value"));
        Assert.Empty(studio.FindAll(".problem"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_arrives_while_somebody_types_leaves_the_fields_alone(bool ofCard)
    {
        await MarketerAsync();
        var picture = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image));
        var content = new ComposedTemplate { Name = "restock", Language = "en" };
        var card = new ComposedCard { Header = picture, Body = ComposedText.Empty };
        var id = await DraftAsync(ofCard ? content with { Cards = [card, card] } : content with { Header = picture });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        var before = studio.Find("[data-path=body]").OuterHtml;
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Boots are ba")]));

        var upload = studio.FindComponents<HeaderFile>()[0];
        await studio.InvokeAsync(() => upload.Instance.ReadyAsync(new UploadedFile(7, Guid.CreateVersion7(), "boots.png", "image/png", 2_048, "image")));

        studio.WaitForAssertion(() => Assert.Equal("boots.png", studio.Find(".studio-file bdi").TextContent));
        Assert.Equal(before, studio.Find("[data-path=body]").OuterHtml);
        await studio.Find("[data-save]").ClickAsync(new());
        studio.WaitForElement("[data-saved=yes]");
        var saved = (await ReadAsync(id)).Content;
        Assert.Equal(("Boots are ba", 7), (saved.Body.Text, PreviewDraft.MediaOf(saved)[0].MediaFileId));
    }

    [Fact]
    public async Task A_copy_into_another_language_takes_what_was_typed_last_and_no_handle_of_an_upload()
    {
        await MarketerAsync();
        var file = new ComposedMedia(HeaderMediaKind.Image, 7, Handle: "4::used", HandleAppId: "1");
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en", Header = new ComposedHeader.Media(file) });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Back in stock")]));
        await studio.Find("button.chip-language").ClickAsync(new());
        studio.Find(".language-add select").Change("de");

        await studio.Find(".language-add").SubmitAsync();

        studio.WaitForAssertion(() => Assert.Contains($"?beside={id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        var rows = await Host.Get<ListTemplateDrafts>().RunAsync(Caller.System, Host.AccountId, CancellationToken.None);
        var copy = (await ReadAsync(rows.Single(row => row.Id != id).Id)).Content;
        Assert.Equal(("restock", "de", "Back in stock"), (copy.Name, copy.Language, copy.Body.Text));
        Assert.Equal(new ComposedMedia(HeaderMediaKind.Image, 7), Assert.Single(PreviewDraft.MediaOf(copy)));
    }

    [Fact]
    public async Task Beside_another_language_what_is_not_translated_is_told_and_languages_WhatsApp_has_are_shown_and_not_offered()
    {
        await MarketerAsync();
        var french = await Rows.TemplateInAsync("restock", "fr", "APPROVED");
        await Rows.TemplateInAsync("restock_soon", "it", "APPROVED");
        var english = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en", Body = new("Back in stock"), Footer = "Alder & Oak" });
        var german = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "de", Body = new("Back in stock"), Footer = "Alder & Oak" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, german));
        studio.WaitForElement(".beside-choice select").Change(english.ToString(System.Globalization.CultureInfo.InvariantCulture));

        studio.WaitForAssertion(() => Assert.Contains("English: 2", studio.Find("[data-untranslated]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("said-good", studio.Find(".before-submit").InnerHtml, StringComparison.Ordinal);
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Wieder da"), new TypedField("footer", "Alder und Oak")]));
        studio.WaitForAssertion(() => Assert.Empty(studio.FindAll("[data-untranslated]")));

        Assert.Equal([$"templates/drafts/{english}", $"templates/{french}"], studio.FindAll("a.chip-language").Select(chip => chip.GetAttribute("href")));
        await studio.Find("button.chip-language").ClickAsync(new());
        var offered = studio.FindAll(".language-add option").Select(option => option.GetAttribute("value")).ToList();
        Assert.Contains("it", offered);
        Assert.Empty(offered.Intersect(["en", "de", "fr"]));
    }

    [Fact]
    public async Task What_cannot_be_saved_is_neither_submitted_nor_copied_and_says_so()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en", Category = TemplateCategories.Utility });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "Your order is ready.")]));
        var theirs = await ReadAsync(id);
        await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(id, theirs.BusinessAccountId, theirs.Version, theirs.Content with { Footer = "Theirs" }), CancellationToken.None);

        await studio.Find("[data-submit]").ClickAsync(new());

        studio.WaitForAssertion(() => Assert.Contains("not saved yet", studio.Find(".submit-says").TextContent, StringComparison.Ordinal));
        await studio.Find("button.chip-language").ClickAsync(new());
        studio.Find(".language-add select").Change("de");
        await studio.Find(".language-add").SubmitAsync();
        studio.WaitForAssertion(() => Assert.Contains("not saved yet", studio.Find(".language-add .problem").TextContent, StringComparison.Ordinal));
        Assert.Single(await Host.Get<ListTemplateDrafts>().RunAsync(Caller.System, Host.AccountId, CancellationToken.None));
    }

    [Fact]
    public async Task A_field_nobody_came_to_is_not_scolded_but_the_list_before_submitting_names_it()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        studio.WaitForElement("[data-path=body]");
        Assert.Null(studio.Find("[data-path=body]").GetAttribute("aria-invalid"));
        Assert.NotEmpty(studio.FindAll(".before-submit .said-bad"));

        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("body", "A"), new TypedField("body", "")]));

        studio.WaitForAssertion(() => Assert.Equal("true", studio.Find("[data-path=body]").GetAttribute("aria-invalid")));
        Assert.NotNull(studio.Find($"#{studio.Find("[data-path=body]").GetAttribute("aria-describedby")}"));
    }

    [Fact]
    public async Task Another_language_is_composed_with_this_one_beside_it()
    {
        await MarketerAsync();
        var english = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en", Body = new ComposedText("Back in stock"), Footer = "Reply STOP" });
        var german = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "de", Body = new ComposedText("Back in stock"), Footer = "Antworte STOP" });
        var studio = Render<Studio>(p => p.Add(s => s.Id, german));
        studio.WaitForElement(".beside-choice select").Change(english.ToString(System.Globalization.CultureInfo.InvariantCulture));

        studio.WaitForAssertion(() => Assert.Equal(["Back in stock", "Reply STOP"], studio.FindAll(".beside").Select(text => text.TextContent)));
        Assert.Contains("1", studio.Find(".chip-language.on small").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_composes_nothing()
    {
        var id = await DraftAsync(new ComposedTemplate { Name = "restock", Language = "en" });
        await Rows.TemplateInAsync("restock", "en", "APPROVED");
        Render<Studio>(p => p.Add(s => s.Id, id)).WaitForElement(".empty");
        var list = Render<TemplateList>();
        list.WaitForElement("tbody tr");
        Assert.Empty(list.FindAll("a[href='templates/new'], .draft-card"));
    }

    [Fact]
    public async Task All_languages_are_submitted_one_by_one_and_each_says_what_became_of_it()
    {
        await MarketerAsync();
        var ready = new ComposedTemplate { Name = "restock", Language = "en", Body = new ComposedText("The boots you asked for are back in stock.") };
        var english = await DraftAsync(ready);
        await DraftAsync(ready with { Language = "de", Body = ComposedText.Empty });
        var studio = Render<Studio>(p => p.Add(s => s.Id, english));

        await studio.WaitForElement("[data-submit-all]").ClickAsync(new());
        Assert.Empty(studio.FindAll(".submit-all"));
        await studio.WaitForElement("dialog [data-really]").ClickAsync(new());

        studio.WaitForAssertion(() => Assert.Equal(["Deutsch", "English"], studio.FindAll(".submit-all li b").Select(line => line.TextContent).Order()));
        Assert.All(studio.FindAll(".submit-all li"), line => Assert.Contains("said-bad", line.ClassName, StringComparison.Ordinal));
        Assert.Equal(2, studio.FindAll(".submit-all li").Select(line => line.TextContent[line.QuerySelector("b")!.TextContent.Length..].Trim()).Where(said => said.Length > 0).Distinct().Count());
    }

    [Fact]
    public async Task An_example_of_an_industry_begins_a_draft_and_nothing_else_does()
    {
        await MarketerAsync();
        var page = Render<NewTemplate>();
        page.WaitForElement("[data-example]");
        var all = page.FindAll("[data-example]").Count;
        page.Find("[data-industry]").Change("restaurant");
        page.WaitForAssertion(() => Assert.InRange(page.FindAll("[data-example]").Count, 1, all - 1));
        Assert.Empty(await DraftsAsync());

        page.Find("[data-language]").Change("en_GB");
        await page.Find("[data-example=food_ready]").ClickAsync(new());

        var draft = Assert.Single(await DraftsAsync());
        Assert.Equal(("food_ready", "en_GB", TemplateCategories.Utility), (draft.Name, draft.Language, draft.Category));
        Assert.EndsWith($"templates/drafts/{draft.Id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        Task<IReadOnlyList<TemplateDraftRow>> DraftsAsync() => Host.Get<ListTemplateDrafts>().RunAsync(Caller.System, Host.AccountId, CancellationToken.None);
    }

    [Fact]
    public async Task An_example_that_is_picked_twice_takes_the_next_free_name()
    {
        await MarketerAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var page = Render<NewTemplate>();
            await page.WaitForElement("[data-example=food_ready]").ClickAsync(new());
        }

        var drafts = await Host.Get<ListTemplateDrafts>().RunAsync(Caller.System, Host.AccountId, CancellationToken.None);
        Assert.Equal(["food_ready", "food_ready_2"], drafts.Select(draft => draft.Name).Order());
        Assert.Equal("food_ready_2", (await ReadAsync(drafts.Single(draft => draft.Name == "food_ready_2").Id)).Content.Name);
    }

    [Fact]
    public async Task A_card_with_a_product_needs_no_text_and_one_that_was_written_stays()
    {
        await MarketerAsync();
        var id = await DraftAsync(new ComposedTemplate { Name = "two_pairs", Language = "en", Body = new ComposedText("Two pairs for the rain:"), Cards = CardList.Two });
        var studio = Render<Studio>(p => p.Add(s => s.Id, id));
        await studio.WaitForElement(".cards-editor > .seg button:last-child").ClickAsync(new());
        await studio.Find("[data-save]").ClickAsync(new());
        studio.WaitForElement("[data-saved=yes]");
        Assert.All((await ReadAsync(id)).Content.Cards, card => Assert.Equal((true, null), (card.Header is ComposedHeader.Product, card.Body)));

        await studio.InvokeAsync(() => studio.Instance.TakeTyped([new TypedField("cards[0].body", "For the town")]));
        await studio.Find(".cards-editor > .seg button:first-child").ClickAsync(new());
        await studio.Find(".cards-editor > .seg button:last-child").ClickAsync(new());
        await studio.Find("[data-save]").ClickAsync(new());
        studio.WaitForElement("[data-saved=yes]");

        Assert.Equal("For the town", (await ReadAsync(id)).Content.Cards[0].Body?.Text);
    }

    [Fact]
    public async Task A_draft_of_a_template_shows_what_WhatsApp_says_of_it_and_follows()
    {
        await MarketerAsync();
        var template = await Rows.TemplateInAsync("restock", "en", "APPROVED");
        var draft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(null, Host.AccountId, 0, new ComposedTemplate { Name = "restock", Language = "en" }, template), CancellationToken.None));
        var studio = Render<Studio>(p => p.Add(s => s.Id, draft.Id));
        studio.WaitForElement("[data-standing=APPROVED]");

        await Rows.TemplateStatusAsync(template, "DISABLED");

        studio.WaitForAssertion(() => Assert.Equal("Disabled", studio.Find("[data-standing=DISABLED]").TextContent));
    }

    [Fact]
    public async Task Name_and_kind_of_variables_of_a_template_that_exists_stay_and_a_draft_that_says_otherwise_can_be_put_right()
    {
        await MarketerAsync();
        var template = await Rows.TemplateInAsync("restock", "en", "APPROVED");
        var studio = await OpenAsync("restock");

        Assert.NotNull(studio.WaitForElement("[data-path=name][readonly]"));
        Assert.Contains("Duplicate", studio.Find("[data-path=name] ~ .hint").TextContent, StringComparison.Ordinal);
        Assert.All(studio.FindAll("[data-part=variables] button"), button => Assert.True(button.HasAttribute("disabled")));

        var other = await OpenAsync("restock_again");
        Assert.False(other.WaitForElement("[data-path=name]").HasAttribute("readonly"));
        Assert.Contains("Keep restock,", other.Find("#f-name-says").TextContent, StringComparison.Ordinal);

        async Task<IRenderedComponent<Studio>> OpenAsync(string name)
        {
            var draft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await Host.Get<SaveTemplateDraft>().RunAsync(
                Caller.System, new TemplateDraftToSave(null, Host.AccountId, 0, new ComposedTemplate { Name = name, Language = "en" }, template), CancellationToken.None));
            return Render<Studio>(p => p.Add(s => s.Id, draft.Id));
        }
    }

    /// <summary>Whose screen saves when the test says so: no second passes by itself.</summary>
    private Task MarketerAsync()
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        return Rows.RoleAsync(Ana.Id, Role.Marketer);
    }

    private async Task<long> DraftAsync(ComposedTemplate content) => Assert.IsType<SaveTemplateDraftOutcome.Saved>(
        await Host.Get<SaveTemplateDraft>().RunAsync(Caller.System, new TemplateDraftToSave(null, Host.AccountId, 0, content), CancellationToken.None)).Id;

    private async Task<TemplateDraftView> ReadAsync(long id) => (await Host.Get<ReadTemplateDraft>().RunAsync(Caller.System, id, CancellationToken.None))!;
}
