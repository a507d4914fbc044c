using Bunit;
using WaConsole.Core.OptIns;
using WaConsole.Web.Components.OptIns;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.OptIns;

public sealed class StopMarketingTests : InboxTest
{
    [Fact]
    public async Task A_stop_is_asked_for_and_written_down_once_however_often_it_is_pressed()
    {
        var contact = await ContactAsync();
        var closed = 0;
        var dialog = Render<StopMarketingDialog>(with => with.Add(d => d.ContactId, contact).Add(d => d.OnClose, () => closed++));
        Assert.Empty(await LinesAsync(contact));

        var button = dialog.Find("[data-stop-now]");
        await Task.WhenAll(button.ClickAsync(), button.ClickAsync());

        dialog.WaitForAssertion(() => Assert.Equal(1, closed));
        Assert.Single(await LinesAsync(contact));
    }

    [Fact]
    public async Task Who_wants_nothing_at_all_is_left_alone_in_everything()
    {
        var contact = await ContactAsync();
        var dialog = Render<StopMarketingDialog>(with => with.Add(d => d.ContactId, contact));

        await dialog.Find("[data-everything]").ChangeAsync(new() { Value = true });
        await dialog.Find("[data-stop-now]").ClickAsync();

        dialog.WaitForAssertion(() => Assert.Equal(Core.Consent.ConsentPurpose.All, Assert.Single(LinesAsync(contact).GetAwaiter().GetResult()).Purpose));
    }

    [Fact]
    public async Task Who_stopped_marketing_may_still_stop_everything_else_and_is_asked_no_more_after_that()
    {
        var contact = await ContactAsync();
        await StopAsync(contact, Core.Consent.ConsentPurpose.Marketing);
        var page = Render<PersonPage>(with => with.Add(p => p.Id, contact));

        await page.WaitForElement("[data-stop]").ClickAsync();
        Assert.True(page.WaitForElement("[data-everything]").HasAttribute("checked"));
        await page.Find("[data-stop-now]").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-stop]")));
        Assert.Equal(Core.Consent.ConsentPurpose.All, (await LinesAsync(contact))[0].Purpose);
    }

    [Fact]
    public async Task The_panel_of_a_conversation_offers_it_until_everything_is_stopped()
    {
        var contact = await ContactAsync();
        await StopAsync(contact, Core.Consent.ConsentPurpose.Marketing);
        Assert.False((await ViewAsync()).WantsNothing);

        await StopAsync(contact, Core.Consent.ConsentPurpose.All);
        Assert.True((await ViewAsync()).WantsNothing);
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_stop_is_said()
    {
        var dialog = Render<StopMarketingDialog>(with => with.Add(d => d.ContactId, 999_999));

        await dialog.Find("[data-stop-now]").ClickAsync();

        Assert.Contains("not here", dialog.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private long _conversation;

    private async Task<long> ContactAsync()
    {
        _conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        return (await ViewAsync()).ContactId;
    }

    private async Task<WaConsole.Core.Conversations.ConversationView> ViewAsync() =>
        (await Host.Get<WaConsole.Core.Conversations.ReadConversation>().RunAsync(WaConsole.Core.Team.Caller.System, _conversation, CancellationToken.None))!;

    private Task<RecordOptOutOutcome> StopAsync(long contact, Core.Consent.ConsentPurpose purpose) => Host.Get<RecordOptOut>().RunAsync(
        WaConsole.Core.Team.Caller.System, contact, new OptOutRequest(purpose, Core.Consent.ConsentSource.Agent), CancellationToken.None);

    private async Task<IReadOnlyList<ConsentLine>> LinesAsync(long contact) =>
        (await Host.Get<ReadConsent>().RunAsync(WaConsole.Core.Team.Caller.System, contact, CancellationToken.None))!.Lines;
}
