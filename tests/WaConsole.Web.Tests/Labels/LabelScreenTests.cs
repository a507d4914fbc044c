using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Labels;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Labels;

public sealed class LabelScreenTests : InboxTest
{
    [Fact]
    public async Task A_label_chosen_in_the_menu_shows_in_the_panel_in_the_thread_and_on_every_list()
    {
        var vip = await MakeAsync("VIP", LabelColour.Amber);
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var list = Render<ConversationList>(p => p.Add(l => l.View, InboxView.Default).Add(l => l.Viewer, Berlin).Add(l => l.Numbers, []));
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, amina).Add(s => s.Viewer, Berlin));
        screen.WaitForAssertion(() => Assert.Single(screen.FindAll("[role=menuitemcheckbox]")));

        screen.WaitForAssertion(() => screen.Find("[role=menuitemcheckbox]").Click());

        screen.WaitForAssertion(() => Assert.Equal("VIP", screen.Find(".panel .label").TextContent));
        screen.WaitForAssertion(() => Assert.Equal("Ana Marković added the label VIP", screen.Find(".activity span").TextContent));
        list.WaitForAssertion(() => Assert.Equal("VIP", list.Find(".row .label").TextContent));
        screen.WaitForAssertion(() => Assert.Equal("true", screen.Find("[role=menuitemcheckbox]").GetAttribute("aria-checked")));

        await Host.Get<SaveLabel>().RunAsync(Caller.System, new LabelDraft(vip.Id, "Very important", LabelColour.Red), CancellationToken.None);

        list.WaitForAssertion(() => Assert.Equal("Very important", list.Find(".row .label").TextContent));
        screen.WaitForAssertion(() => Assert.Equal("Very important", screen.Find(".panel .label").TextContent));
        list.WaitForAssertion(() => Assert.Contains("label-4", list.Find(".row .label").ClassName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_labels_on_a_row_are_counted_instead_of_squeezed()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        List<long> ids = [];
        foreach (var name in (string[])["A", "B", "C", "D", "E"])
        {
            ids.Add((await MakeAsync(name)).Id);
        }

        await Host.Get<LabelConversation>().RunAsync(Caller.System, amina, ids, [], CancellationToken.None);
        var list = Render<ConversationList>(p => p.Add(l => l.View, InboxView.Default).Add(l => l.Viewer, Berlin).Add(l => l.Numbers, []));

        list.WaitForAssertion(() => Assert.Equal(3, list.FindAll(".row .label").Count));
        list.WaitForAssertion(() => Assert.StartsWith("+2", list.Find(".row-facts .row-fact").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Labels_are_made_renamed_and_deleted_with_a_question()
    {
        var page = Render<LabelsPage>();
        page.WaitForElement(".empty");

        page.WaitForAssertion(() => page.Find(".page-actions button").Click());
        page.WaitForAssertion(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("Give the label a name.", page.Find("[role=alert]").TextContent.Trim()));
        page.WaitForAssertion(() => page.Find("input[autofocus]").Change("Return"));
        page.WaitForAssertion(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("Return", page.Find("td .label").TextContent));

        page.WaitForAssertion(() => page.Find(".acts .btn.danger").Click());
        page.WaitForAssertion(() => Assert.Contains("0 conversations", page.Find("dialog p").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(await Host.Get<ListLabels>().RunAsync(Caller.System, CancellationToken.None));
        page.WaitForAssertion(() => page.Find("dialog .btn.danger").Click());

        page.WaitForElement(".empty");
        Assert.Empty(await Host.Get<ListLabels>().RunAsync(Caller.System, CancellationToken.None));
    }

    private async Task<LabelView> MakeAsync(string name, LabelColour colour = LabelColour.Green) => Assert.IsType<SaveLabelOutcome.Saved>(
        await Host.Get<SaveLabel>().RunAsync(Caller.System, new LabelDraft(null, name, colour), CancellationToken.None)).Label;
}
