using Bunit;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Rights;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.Rights;

public sealed class MarketsFormTests : InboxTest
{
    [Fact]
    public async Task An_admin_sees_when_consent_wears_out_adds_a_market_and_changes_its_months()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        var form = Render<MarketsForm>();
        Assert.Equal("24", form.WaitForElement("[data-market=EU] [data-consent]").GetAttribute("value"));

        form.Find("[data-add-market]").Change("BR");
        form.Find("[data-market=BR] [data-consent]").Change("6");
        form.Find("form").Submit();

        form.WaitForElement("[data-markets-saved]");
        var terms = await Host.Get<ReadMarkets>().RunAsync(Caller.System, CancellationToken.None);
        Assert.Equal(new MarketTerms("BR", LawfulBasis.Consent, 6, 12), terms.Of("BR"));
        Assert.Equal(24, terms.Of("DE").ConsentMonths);

        form.Find("[data-market=BR] [data-consent]").Change("999");
        form.Find("form").Submit();
        form.WaitForElement("[role=alert]");
        Assert.Equal(6, (await Host.Get<ReadMarkets>().RunAsync(Caller.System, CancellationToken.None)).Of("BR").ConsentMonths);
    }
}
