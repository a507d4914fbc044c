using Bunit;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.Team;
using WaConsole.Web.Components.OptIns;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.OptIns;

public sealed class HealthPageTests : InboxTest
{
    [Fact]
    public async Task What_lacks_proof_is_counted_and_its_figure_leads_to_the_people()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        var conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var contact = (await Host.Get<WaConsole.Core.Conversations.ReadConversation>().RunAsync(Caller.System, conversation, CancellationToken.None))!.ContactId;
        await Host.Get<RecordOptIn>().RunAsync(
            Caller.System,
            contact,
            new OptInRequest(ConsentPurpose.Marketing, ConsentSource.Paper, LawfulBasis.Consent, "DE") { WordingText = "Yes", WordingLanguage = "en" },
            CancellationToken.None);

        var page = Render<HealthPage>();

        Assert.Equal("1", page.WaitForElement("[data-figure=without-proof] dd").TextContent);
        Assert.Equal("opt-ins?state=Incomplete", page.Find("[data-figure=without-proof] a").GetAttribute("href"));
        Assert.Equal(ReadRegistryHealth.WeeksShown, page.FindAll("[data-week]").Count);
        Assert.Equal("1", page.Find("[data-week] td").TextContent);
        Assert.EndsWith(", 1", page.Find("[data-source=Paper] svg[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.EndsWith(", 1", page.Find("[data-flow] svg[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(ReadRegistryHealth.WeeksShown, page.FindAll("[data-source=Paper] rect").Count);
    }

    [Fact]
    public async Task What_the_last_check_found_is_told_in_words_and_an_administrator_has_it_read_again()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        var person = Assert.IsType<AddContactOutcome.Added>(await Host.Get<AddContact>().RunAsync(Caller.System, "Amina", "+4915100000042", CancellationToken.None)).ContactId;
        await Host.Get<RecordOptIn>().RunAsync(
            Caller.System, person, new OptInRequest(ConsentPurpose.Marketing, ConsentSource.Paper, LawfulBasis.Consent, "DE"), CancellationToken.None);

        var page = Render<HealthPage>();
        Assert.Equal("none", page.WaitForElement("[data-verdict]").GetAttribute("data-verdict"));
        await page.Find("[data-verify]").ClickAsync();
        page.WaitForElement("[data-verifying]");
        Assert.True(page.Find("[data-verify]").HasAttribute("disabled"));
        Assert.True(await Rows.ReadRegistryAsync());
        page.WaitForElement("[data-whole]");
        Assert.Equal(["1", "1", "0", "0"], page.FindAll("[data-read] dd").Select(read => read.TextContent));
        Assert.Contains("Ana Marković", page.Find(".verdict-foot").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-verifying]"));

        await Rows.ByHandAsync($"DELETE FROM \"ConsentStates\"");
        await Rows.ByHandAsync($"UPDATE \"ConsentSubjects\" SET \"ContactId\" = NULL");
        await page.Find("[data-verify]").ClickAsync();
        Assert.True(await Rows.ReadRegistryAsync());

        page.WaitForElement("[data-verdict=found] [role=alert]");
        var finding = page.Find("[data-finding=SubjectMoved]");
        Assert.Equal($"opt-ins/{person}", finding.QuerySelector("a")!.GetAttribute("href"));
        Assert.All(page.FindAll(".findings b, .findings small"), text => Assert.Contains(' ', text.TextContent));
    }

    [Fact]
    public async Task Marketing_staff_read_what_was_found_and_have_nothing_to_press()
    {
        await Rows.RoleAsync(Ana.Id, Role.Marketer);

        var page = Render<HealthPage>();

        page.WaitForElement("[data-verdict]");
        Assert.Empty(page.FindAll("[data-verify]"));
    }

    /// <summary>Every kind has a sentence and a remedy, without a place left empty.</summary>
    [Fact]
    public void Every_finding_says_what_it_is_and_what_to_do()
    {
        foreach (var kind in Enum.GetValues<TamperKind>())
        {
            var row = Render<Finding>(with => with.Add(one => one.Found, new Tampering(kind, 7, 8) { Purpose = ConsentPurpose.Marketing })).Find("[data-finding]");
            Assert.All(row.QuerySelectorAll("b, small"), text => Assert.DoesNotMatch("^(Found|Do)[A-Z]|[{}–]", text.TextContent));
        }
    }
}
