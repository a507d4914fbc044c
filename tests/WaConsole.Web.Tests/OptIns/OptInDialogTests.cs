using System.Globalization;
using Bunit;
using WaConsole.Core.OptIns;
using WaConsole.Core.Team;
using WaConsole.Web.Components.OptIns;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.OptIns;

public sealed class OptInDialogTests : InboxTest
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_words_of_their_own_an_agent_says_for_which_number_until_when_and_by_which_privacy_notice()
    {
        var view = await PersonAsync();
        var closed = 0;
        var dialog = Render<OptInDialog>(with => with.Add(d => d.View, view).Add(d => d.OnClose, () => closed++));

        await dialog.WaitForElement("[data-number]").ChangeAsync(new() { Value = Host.NumberId.ToString(CultureInfo.InvariantCulture) });
        await dialog.Find("[data-privacy]").ChangeAsync(new() { Value = "May 2026" });
        await dialog.Find("[data-last-day]").ChangeAsync(new() { Value = "2199-06-30" });
        await SaveAsync(dialog);

        dialog.WaitForAssertion(() => Assert.Equal(1, closed));
        var line = (await ReadAsync(view.ContactId)).Lines[0];

        // The whole of the last day where the viewer sits.
        Assert.Equal((Host.NumberId, "May 2026", new DateTime(2199, 6, 30, 22, 0, 0, DateTimeKind.Utc)), (line.NumberId, line.PrivacyVersion, line.ExpiresAtUtc));
    }

    [Fact]
    public async Task What_has_ended_already_is_not_recorded()
    {
        var view = await PersonAsync();
        var dialog = Render<OptInDialog>(with => with.Add(d => d.View, view));

        await dialog.WaitForElement("[data-last-day]").ChangeAsync(new() { Value = "2020-06-30" });
        await SaveAsync(dialog);

        Assert.Contains("already have ended", dialog.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(view.ContactId)).Lines);
    }

    private static async Task SaveAsync(IRenderedComponent<OptInDialog> dialog)
    {
        await dialog.Find("[data-when]").ChangeAsync(new() { Value = "2026-10-01T09:30:00" });
        await dialog.FindAll("input:not([type=file])")[^1].ChangeAsync(new() { Value = "DE" });
        await dialog.Find("form").SubmitAsync();
    }

    private async Task<ConsentView> PersonAsync()
    {
        var conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        return await ReadAsync((await Host.Get<WaConsole.Core.Conversations.ReadConversation>().RunAsync(Caller.System, conversation, Token))!.ContactId);
    }

    private async Task<ConsentView> ReadAsync(long contact) => (await Host.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!;
}
