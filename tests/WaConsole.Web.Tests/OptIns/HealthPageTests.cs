using Bunit;
using WaConsole.Core.Consent;
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
}
