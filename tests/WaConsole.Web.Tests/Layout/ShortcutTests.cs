using Bunit;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Layout;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Layout;

public sealed class ShortcutTests : InboxTest
{
    [Fact]
    public async Task The_command_bar_finds_conversations_and_people_the_asker_may_see()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.SaysAsync(amina, "Do you have walnut?");
        await Rows.ConversationAsync("Jonas Oberle", TimeSpan.FromHours(10));
        var bar = Render<Shortcuts>(p => p.Add(s => s.Caller, Me));
        bar.WaitForAssertion(() => Assert.NotEmpty(bar.FindAll(".keys dt")));

        var byName = await bar.InvokeAsync(() => bar.Instance.FindAsync(" amina "));
        var byText = await bar.InvokeAsync(() => bar.Instance.FindAsync("walnut"));

        Assert.Equal(["Conversation", "Contact"], byName.Select(hit => hit.Kind));
        Assert.All(byName, hit => Assert.Equal("Amina Said", hit.Label));
        Assert.Equal([$"inbox/{amina}"], byText.Select(hit => hit.Href));
        Assert.Empty(await bar.InvokeAsync(() => bar.Instance.FindAsync("   ")));
    }

    [Fact]
    public async Task The_sheet_says_when_single_keys_are_switched_off()
    {
        await Host.Get<KeepPreferences>().SaveAsync(Me, Preferences.Default with { SingleKeysOff = true }, CancellationToken.None);

        var bar = Render<Shortcuts>(p => p.Add(s => s.Caller, Me));

        bar.WaitForAssertion(() => Assert.StartsWith("Keys without Ctrl or Alt are switched off.", bar.Find(".keys .hint").TextContent, StringComparison.Ordinal));
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);
}
