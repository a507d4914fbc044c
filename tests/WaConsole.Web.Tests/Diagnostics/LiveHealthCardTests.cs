using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Live;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Diagnostics;
using WaConsole.Web.Components.Layout;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.Diagnostics;

public sealed class LiveHealthCardTests : InboxTest
{
    [Fact]
    public async Task An_admin_reads_that_all_is_well_and_else_what_is_wrong_and_what_to_do()
    {
        await BecomeAdminAsync();
        var card = Render<LiveHealthCard>();
        card.WaitForAssertion(() => Assert.Equal("All well", card.Find(".tag").TextContent));

        using var hanging = Trouble.SilentWorker(Host.Get<Heartbeats>(), Worker.Sending);
        Trouble.LateQueues(Host, intake: TimeSpan.FromSeconds(95), replies: TimeSpan.Zero);
        var ill = Render<LiveHealthCard>();

        ill.WaitForAssertion(() => Assert.Equal("Needs attention", ill.Find(".tag").TextContent));
        ill.WaitForAssertion(() => Assert.Contains("no sign of life: Sending", ill.Find(".problem").TextContent, StringComparison.Ordinal));
        ill.WaitForAssertion(() => Assert.Contains(ill.FindAll(".problem"), problem => problem.TextContent.Contains("Webhooks wait", StringComparison.Ordinal)));
        ill.WaitForAssertion(() => Assert.Contains(ill.FindAll(".health-fact.bad dd"), fact => fact.TextContent.StartsWith("95\u00a0s", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_worker_has_a_name()
    {
        var words = Services.GetRequiredService<IStringLocalizer<DiagnosticsTexts>>();

        Assert.All(Enum.GetValues<Worker>(), worker => Assert.False(words["Worker" + worker].ResourceNotFound, worker.ToString()));
    }

    [Fact]
    public async Task Everybody_in_the_inbox_is_told_when_messages_come_late_and_when_that_is_over()
    {
        var alert = Render<LateAlert>(parameters => parameters.Add(p => p.Caller, new Caller(Ana.Id, Ana.DisplayName, Role.Agent, null)));
        alert.WaitForAssertion(() => Assert.Empty(alert.FindAll(".alert-strip")));

        Trouble.LateQueues(Host, intake: TimeSpan.FromSeconds(45), replies: TimeSpan.Zero);
        alert.WaitForAssertion(() => Assert.Contains("45 seconds behind", alert.Find("[data-late=intake]").TextContent, StringComparison.Ordinal));
        alert.WaitForAssertion(() => Assert.Empty(alert.FindAll("[data-late=replies], a")));

        Trouble.LateQueues(Host, intake: TimeSpan.Zero, replies: TimeSpan.FromMinutes(4));
        alert.WaitForAssertion(() => Assert.Contains("waited for 4 minutes", alert.Find("[data-late=replies]").TextContent, StringComparison.Ordinal));

        Trouble.LateQueues(Host, intake: TimeSpan.Zero, replies: TimeSpan.Zero);
        alert.WaitForAssertion(() => Assert.Empty(alert.FindAll(".alert-strip")));
    }

    [Fact]
    public void Times_are_the_viewers_own()
    {
        var time = Render<LocalTime>(parameters => parameters.Add(p => p.At, new DateTime(2026, 7, 1, 22, 30, 0, DateTimeKind.Utc)));

        time.WaitForAssertion(() => Assert.Equal("2 Jul, 00:30", time.Find("time").TextContent));
        time.WaitForAssertion(() => Assert.Equal("2026-07-01T22:30:00.0000000Z", time.Find("time").GetAttribute("datetime")));
    }

    private async Task BecomeAdminAsync()
    {
        var admin = await Rows.AgentAsync("Zoe", Role.Admin);
        AddAuthorization().SetAuthorized("zoe").SetClaims(new Claim(ClaimTypes.NameIdentifier, $"{admin.Id}"));
    }
}
