using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Layout;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Layout;

public sealed class BellTests : InboxTest
{
    [Fact]
    public async Task A_browser_that_does_not_answer_costs_nobody_their_bell_and_hears_later_what_it_missed()
    {
        var browser = JSInterop.SetupModule(BrowserModule.PathOf("Layout/NotificationBell"));
        browser.Mode = JSRuntimeMode.Loose;
        var told = browser.SetupVoid("show", _ => true);
        told.SetCanceled();
        var jonas = await Rows.AgentAsync("Jonas Weber");
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var page = Render<PanelBoundary>(p => p.AddChildContent<NotificationBell>(bell => bell.Add(b => b.Caller, Me)));
        page.WaitForElement(".bell-button");

        await Host.Get<AssignConversation>().RunAsync(new Caller(jonas.Id, jonas.DisplayName, Role.Agent, null), amina, Ana.Id, CancellationToken.None);
        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".rail-dot").TextContent));
        Assert.Empty(page.FindAll(".panel-fault"));

        told.SetVoidResult();
        var bell = page.FindComponent<NotificationBell>();
        await bell.InvokeAsync(() => bell.Instance.ReconnectedAsync());
        page.WaitForAssertion(() => Assert.Contains("Amina Said", told.Invocations.Last().Arguments[2]!.ToString()!, StringComparison.Ordinal));
        Assert.Equal("1", page.Find(".rail-dot").TextContent);
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);
}
