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
    public async Task What_stands_in_the_way_of_a_stop_is_said()
    {
        var dialog = Render<StopMarketingDialog>(with => with.Add(d => d.ContactId, 999_999));

        await dialog.Find("[data-stop-now]").ClickAsync();

        Assert.Contains("not here", dialog.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private async Task<long> ContactAsync()
    {
        var conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        return (await Host.Get<WaConsole.Core.Conversations.ReadConversation>().RunAsync(WaConsole.Core.Team.Caller.System, conversation, CancellationToken.None))!.ContactId;
    }

    private async Task<IReadOnlyList<ConsentLine>> LinesAsync(long contact) =>
        (await Host.Get<ReadConsent>().RunAsync(WaConsole.Core.Team.Caller.System, contact, CancellationToken.None))!.Lines;
}
