using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Web.Components.Templates;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Templates;

public sealed class TemplatePageTests : InboxTest
{
    [Fact]
    public async Task What_WhatsApp_says_twice_stands_twice_and_the_page_goes_on()
    {
        var id = await Rows.TemplateInAsync("restock", "en", "APPROVED");
        await Rows.TemplateHeardTwiceAsync(id, "APPROVED");

        var page = Open(id);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".timeline [data-event=StatusChanged]").Count));
        await Rows.TemplateStatusAsync(id, "PAUSED");
        page.WaitForElement("[data-status=PAUSED]");
        Assert.Equal(2, page.FindAll(".timeline [data-event=StatusChanged]").Count);
    }

    [Fact]
    public async Task A_press_that_leads_nowhere_says_why_and_another_language_does_not_show_it()
    {
        await Rows.RoleAsync(Ana.Id, Role.Marketer);
        var english = await Rows.TemplateInAsync("restock", "en", "APPROVED");
        var german = await Rows.TemplateInAsync("restock", "de", "APPROVED");
        var page = Open(english);
        page.WaitForElement("[data-edit]");
        await Rows.TemplateGoneAsync(english);

        await page.Find("[data-edit]").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("This template is not there", page.Find(".page-actions [role=alert]").TextContent));
        page.Render(p => p.Add(shown => shown.Id, german));
        page.WaitForAssertion(() => Assert.Equal("Deutsch", page.Find(".template-title .tag:last-child").TextContent));
        Assert.Empty(page.FindAll(".page-actions [role=alert]"));
    }

    [Fact]
    public async Task A_duplicate_is_a_draft_with_a_name_of_its_own()
    {
        await Rows.RoleAsync(Ana.Id, Role.Marketer);
        var page = Open(await Rows.TemplateInAsync("restock", "en", "APPROVED"));

        await page.WaitForElement(".page-actions [role=menuitem]").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("templates/drafts/", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        var draft = Assert.Single(await Host.Get<ListTemplateDrafts>().RunAsync(Caller.System, Host.AccountId, CancellationToken.None));
        Assert.Equal(("restock_copy", "en", null), (draft.Name, draft.Language, draft.TemplateId));
    }

    [Fact]
    public async Task A_sign_in_code_is_shown_in_the_words_WhatsApp_has_for_its_language()
    {
        var id = await Rows.TemplateInAsync("code", "de", "APPROVED");
        await Rows.TemplateComponentsAsync(
            id, "AUTHENTICATION",
            """[{"type":"BODY","text":"*{{1}}* ist dein Code.","add_security_recommendation":false},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Code kopieren","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]}]""");

        var page = Open(id);

        Assert.Contains("ist dein Code.", page.WaitForElement(".template-phone").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<TemplatePage> Open(long id) => Render<TemplatePage>(p => p.Add(page => page.Id, id));
}
