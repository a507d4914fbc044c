using System.Text;
using Bunit;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Imports;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.OptIns;

public sealed class ImportFormTests : InboxTest
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_describes_a_list_says_by_which_clock_its_dates_were_written()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        var form = await FormAsync("Phone,Agreed\n+4915100000001,2026-03-05\n");

        // That of the person before the screen, where no number has business hours.
        form.WaitForAssertion(() => Assert.Equal("Europe/Berlin", form.Find("[data-zone]").GetAttribute("value")));
        await form.Find("[data-zone]").ChangeAsync(new() { Value = "America/Bogota" });
        await form.Find("[data-date]").ChangeAsync(new() { Value = "2026-03-05" });
        await DescribeAsync(form);

        var terms = (await ReadAsync()).Terms!;
        Assert.Equal(("America/Bogota", new DateTime(2026, 3, 5, 5, 0, 0, DateTimeKind.Utc)), (terms.TimeZone, terms.AtUtc));
    }

    [Fact]
    public async Task Number_business_notice_and_last_day_are_told_for_all_rows_or_by_a_column_and_shown_again()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        var form = await FormAsync("Phone,Brand,Until\n+4915100000001,Oak,2199-01-31\n");

        await form.Find("[data-business-column]").ChangeAsync(new() { Value = "1" });
        await form.Find("[data-expiry-column]").ChangeAsync(new() { Value = "2" });
        await form.Find("[data-privacy]").ChangeAsync(new() { Value = "May 2026" });
        await form.Find("[data-number]").ChangeAsync(new() { Value = Host.NumberId.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await form.Find("[data-last-day]").ChangeAsync(new() { Value = "2199-06-30" });
        await form.Find("[data-date]").ChangeAsync(new() { Value = "2026-03-05" });
        await DescribeAsync(form);

        var view = await ReadAsync();
        var terms = view.Terms!;
        Assert.Equal((1, 2, null, null), (terms.BusinessColumn, terms.ExpiryColumn, terms.NumberColumn, terms.PrivacyColumn));
        Assert.Equal((Host.NumberId, "May 2026", new DateTime(2199, 6, 30, 22, 0, 0, DateTimeKind.Utc)), (terms.NumberId, terms.PrivacyVersion, terms.ExpiresAtUtc));

        var again = Render<ImportForm>(with => with.Add(f => f.View, view));
        Assert.Equal(("2199-06-30", "2026-03-05"), (again.Find("[data-last-day]").GetAttribute("value"), again.Find("[data-date]").GetAttribute("value")));
    }

    [Fact]
    public async Task The_zone_goes_with_the_number_until_somebody_chooses_one()
    {
        await Rows.RoleAsync(Ana.Id, Role.Admin);
        await Rows.NumberPhoneAsync("+57 1 5087000");
        var form = await FormAsync("Phone,Agreed\n+4915100000001,2026-03-05\n");
        form.WaitForAssertion(() => Assert.Equal("Europe/Berlin", form.Find("[data-zone]").GetAttribute("value")));

        await NumberAsync(Host.NumberId);
        Assert.Equal("America/Bogota", form.Find("[data-zone]").GetAttribute("value"));
        await NumberAsync(0);
        Assert.Equal("Europe/Berlin", form.Find("[data-zone]").GetAttribute("value"));

        await form.Find("[data-zone]").ChangeAsync(new() { Value = "Asia/Jakarta" });
        await NumberAsync(Host.NumberId);
        Assert.Equal("Asia/Jakarta", form.Find("[data-zone]").GetAttribute("value"));
        await form.Find("[data-date]").ChangeAsync(new() { Value = "2026-03-05" });
        await DescribeAsync(form);

        // What a list was described by stays when it is described again.
        var view = await ReadAsync();
        form = Render<ImportForm>(with => with.Add(f => f.View, view));
        await NumberAsync(0);
        Assert.Equal("Asia/Jakarta", form.Find("[data-zone]").GetAttribute("value"));

        Task NumberAsync(long id) => form.Find("[data-number]").ChangeAsync(new() { Value = id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
    }

    private long _import;

    private async Task<IRenderedComponent<ImportForm>> FormAsync(string list)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(list));
        _import = Assert.IsType<StoreImportOutcome.Stored>(await Host.Get<StoreImport>().RunAsync(Caller.System, content, "people.csv", Token)).ImportId;
        var view = await ReadAsync();
        return Render<ImportForm>(with => with.Add(f => f.View, view));
    }

    private async Task<ImportView> ReadAsync() => (await Host.Get<ReadImport>().RunAsync(Caller.System, _import, Token))!;

    private static async Task DescribeAsync(IRenderedComponent<ImportForm> form)
    {
        await form.Find("[data-country]").ChangeAsync(new() { Value = "DE" });
        await form.Find("[data-origin]").ChangeAsync(new() { Value = "Paper" });
        await form.Find("[data-business]").InputAsync(new() { Value = "Alder & Oak" });
        await form.Find("[data-words]").InputAsync(new() { Value = "Alder & Oak may write over WhatsApp." });
        await form.Find("[data-evidence]").ChangeAsync(new() { Value = "Folder 7" });
        await form.Find("form").SubmitAsync();
        Assert.Empty(form.FindAll("[role=alert]"));
    }
}
