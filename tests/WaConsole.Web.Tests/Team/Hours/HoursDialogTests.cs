using Bunit;
using WaConsole.Core.Hours;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Team.Hours;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Team.Hours;

public sealed class HoursDialogTests : InboxTest
{
    [Fact]
    public async Task A_week_and_an_away_message_are_set_and_read_back()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        var admin = new Caller(Ana.Id, Ana.DisplayName, Role.Admin, null);
        var number = (await Host.Get<ListNumbers>().RunAsync(admin, CancellationToken.None))[0];
        var closed = 0;
        var dialog = Render<HoursDialog>(p => p.Add(d => d.Number, number).Add(d => d.OnClose, () => closed++));
        await dialog.WaitForElement("[data-day=Monday] [data-add]").ClickAsync();
        dialog.WaitForElement("[data-day=Monday] input[type=time]").Change("08:30:00");
        await dialog.Find("[data-day=Monday] [data-add]").ClickAsync();
        dialog.WaitForAssertion(() => Assert.Equal(4, dialog.FindAll("[data-day=Monday] input[type=time]").Count));
        Assert.Equal("Europe/Berlin", dialog.Find(".field select").GetAttribute("value"));
        dialog.Find("input[type=date]").Change("2026-12-25");
        await dialog.WaitForElement("[data-add-holiday]:not([disabled])").ClickAsync();
        dialog.Find("[data-away]").Change(true);
        dialog.Find("[data-away-text]").Input("Back at nine.");

        await dialog.Find("form").SubmitAsync();

        dialog.WaitForAssertion(() => Assert.Contains("way to a person", dialog.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, closed);
        dialog.Find("[data-away-text]").Input("Back at nine. Urgent: +49 30 1234567");
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Equal(1, closed));

        var read = await Host.Get<ReadHours>().RunAsync(admin, number.Id, CancellationToken.None);
        Assert.Equal([new OpenSpan(DayOfWeek.Monday, 510, 1020), new OpenSpan(DayOfWeek.Monday, 1080, 1260)], read.Hours.Week);
        Assert.Equal(("Europe/Berlin", true, new DateOnly(2026, 12, 25)), (read.Hours.TimeZone, read.AwayOn, Assert.Single(read.Hours.Holidays)));
        var again = Render<HoursDialog>(p => p.Add(d => d.Number, number));
        again.WaitForAssertion(() => Assert.Equal(4, again.FindAll("[data-day=Monday] input[type=time]").Count));
    }
}
