using Bunit;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Team;
using WaConsole.Web.Components.CannedReplies;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.CannedReplies;

public sealed class CannedReplyScreenTests : InboxTest
{
    [Fact]
    public async Task A_reply_is_made_found_and_deleted_and_an_agent_is_not_offered_to_share_it()
    {
        await Host.Get<SaveCannedReply>().RunAsync(Caller.System, new CannedReplyDraft(null, "hours", "Open until six.", IsShared: true), CancellationToken.None);
        var page = Render<CannedRepliesPage>();
        page.WaitForAssertion(() => Assert.Equal("Everybody", page.Find("td .tag").TextContent));
        Assert.Empty(page.FindAll(".acts button"));

        page.Find(".page-actions button").Click();
        var form = page.WaitForElement("dialog form");
        Assert.Empty(page.FindAll("dialog fieldset"));
        page.Find("dialog input").Change("Thanks");
        page.Find("dialog textarea").Change("Thank you, {{nobody}}");
        form.Submit();
        page.WaitForAssertion(() => Assert.Contains("nobody", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        page.Find("dialog textarea").Change("Thank you, {{first_name|dear}}");
        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Equal(["/hours", "/Thanks"], page.FindAll("td b").Select(name => name.TextContent)));
        page.Find(".canned-search").Input("thank you");
        page.WaitForAssertion(() => Assert.Equal(["/Thanks"], page.FindAll("td b").Select(name => name.TextContent)));
        Assert.Equal(2, (await Host.Get<ListCannedReplies>().RunAsync(Me, CancellationToken.None)).Count);
        page.Find(".acts .danger").Click();
        page.WaitForElement("dialog .btn.danger").Click();
        page.WaitForElement(".empty");
        Assert.Equal(["hours"], (await Host.Get<ListCannedReplies>().RunAsync(Me, CancellationToken.None)).Select(reply => reply.Shortcut));
    }

    [Fact]
    public async Task The_composer_offers_replies_and_fills_them_for_this_customer()
    {
        await Host.Get<SaveCannedReply>().RunAsync(Me, new CannedReplyDraft(null, "hi", "Hello {{first_name}},\nhere is {{agent}}.", IsShared: false), CancellationToken.None);
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, amina).Add(s => s.Viewer, Berlin));
        screen.WaitForElement(".composer");
        var box = screen.FindComponent<ReplyBox>();

        var offered = Assert.Single(await box.InvokeAsync(box.Instance.CannedAsync));
        var filled = await box.InvokeAsync(() => box.Instance.FillCannedAsync(offered.Id));

        Assert.Equal(("hi", "Hello {{first_name}}, here is {{agent}}."), (offered.Label, offered.Detail));
        Assert.Equal("Hello Amina,\nhere is Ana Marković.", filled!.Text);
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);
}
