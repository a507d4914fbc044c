using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Testing;
using WaConsole.Web.Components.Templates;
using WaConsole.Web.Components.Templates.Compose;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Templates;

/// <summary>What was asked of WhatsApp is done, whoever still looks at it.</summary>
public sealed class LeftPageTests : InboxTest
{
    private SlowWhatsApp _whatsApp = null!;

    protected override async Task<Uri> GraphAsync()
    {
        _whatsApp = await SlowWhatsApp.StartAsync();
        return _whatsApp.Uri;
    }

    [Fact]
    public async Task A_draft_whose_page_is_left_while_it_is_handed_in_is_submitted_and_leads_nobody_away()
    {
        await Rows.RoleAsync(Ana.Id, Role.Marketer);
        var content = new ComposedTemplate
        {
            Name = "restock",
            Language = "en",
            Category = TemplateCategories.Utility,
            Body = new ComposedText("Your order is ready."),
        };
        var draft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(null, Host.AccountId, 0, content), CancellationToken.None));
        var studio = Render<Studio>(p => p.Add(s => s.Id, draft.Id));
        var before = Services.GetRequiredService<NavigationManager>().Uri;
        var pressed = studio.WaitForElement("[data-submit]").ClickAsync(new());
        await _whatsApp.AskedAsync();

        await DisposeComponentsAsync();
        _whatsApp.Answer();

        await pressed;
        await Until.TrueAsync(async () => (await StatusesAsync()).SequenceEqual(["PENDING"]), "the template that was handed in");
        Assert.Equal(before, Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Fact]
    public async Task While_one_part_of_the_studio_hands_in_no_other_does()
    {
        await Rows.RoleAsync(Ana.Id, Role.Marketer);
        var content = new ComposedTemplate
        {
            Name = "restock",
            Language = "en",
            Category = TemplateCategories.Utility,
            Body = new ComposedText("Your order is ready."),
        };
        var english = await SaveAsync(content);
        await SaveAsync(content with { Language = "de", Body = new ComposedText("Ihre Bestellung ist fertig.") });
        var studio = Render<Studio>(p => p.Add(s => s.Id, english));
        await studio.WaitForElement("[data-submit-all]").ClickAsync(new());
        var pressed = studio.WaitForElement("dialog [data-really]").ClickAsync(new());
        await _whatsApp.AskedAsync();

        studio.WaitForAssertion(() => Assert.True(studio.Find("[data-submit]").HasAttribute("disabled")));
        Assert.True(studio.Find("[data-submit-all]").HasAttribute("disabled"));

        _whatsApp.Answer();
        await pressed;
        studio.WaitForAssertion(() => Assert.False(studio.Find("[data-submit]").HasAttribute("disabled")));

        async Task<long> SaveAsync(ComposedTemplate draft) => Assert.IsType<SaveTemplateDraftOutcome.Saved>(await Host.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(null, Host.AccountId, 0, draft), CancellationToken.None)).Id;
    }

    [Theory]
    [InlineData(null, "templates")]
    [InlineData("contacts", "contacts")]
    public async Task Who_deleted_a_template_gets_the_list_though_the_news_took_its_buttons_away_unless_they_went_elsewhere(string? meanwhile, string end)
    {
        await Rows.RoleAsync(Ana.Id, Role.Marketer);
        await Rows.TemplateAsync("restock", """[{"type":"BODY","text":"Back"}]""");
        var id = Assert.Single(await LanguagesAsync()).Id;
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"templates/{id}");
        var page = Render<TemplatePage>(p => p.Add(t => t.Id, id));
        await page.WaitForElement("[data-delete]").ClickAsync(new());
        var pressed = page.WaitForElement("[data-really]").ClickAsync(new());
        await _whatsApp.AskedAsync();

        await DisposeComponentsAsync();
        if (meanwhile is not null)
        {
            navigation.NavigateTo(meanwhile);
        }

        _whatsApp.Answer();

        await pressed;
        Assert.Equal(end, navigation.ToBaseRelativePath(navigation.Uri));
    }

    [Fact]
    public async Task A_reading_of_the_templates_goes_on_when_the_list_is_left()
    {
        var sync = OpenSync();
        var pressed = sync.Find("[data-sync]").ClickAsync(new());
        await _whatsApp.AskedAsync();

        await DisposeComponentsAsync();
        _whatsApp.Answer();

        await pressed;
        await Until.TrueAsync(async () => (await StatusesAsync()).SequenceEqual(["APPROVED"]), "the template that was read");
    }

    [Fact]
    public async Task A_reading_that_was_cut_off_can_be_begun_again()
    {
        await Rows.TemplateSyncBegunAsync();
        var sync = OpenSync();
        Assert.False((await sync.WaitForElementAsync("[data-sync]")).HasAttribute("disabled"));
        Assert.Empty(sync.FindAll(".spinner"));

        var pressed = sync.Find("[data-sync]").ClickAsync(new());
        await _whatsApp.AskedAsync();
        sync.WaitForElement(".spinner");
        _whatsApp.Answer();
        await pressed;

        sync.WaitForAssertion(() => Assert.Empty(sync.FindAll(".spinner")));
        Assert.Equal(["APPROVED"], await StatusesAsync());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _whatsApp.DisposeAsync();
    }

    private IRenderedComponent<TemplateSync> OpenSync() =>
        Render<TemplateSync>(p => p.Add(s => s.Accounts, [new TemplateAccount(Host.AccountId, "Harbour", Host.NumberId)]));

    private async Task<IReadOnlyList<string>> StatusesAsync() => [.. (await LanguagesAsync()).Select(language => language.Status)];

    private async Task<IReadOnlyList<TemplateInLanguage>> LanguagesAsync() =>
        [.. (await Host.Get<FindTemplates>().RunAsync(Caller.System, new TemplateQuery(), CancellationToken.None)).Families.SelectMany(family => family.Languages)];
}
