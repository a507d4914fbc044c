using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Hours;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>By which clock the dates of a list are read.</summary>
public sealed class ImportZoneTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("05.07.2026 00:30", "2026-07-04T22:30:00", "Europe/Berlin")]
    [InlineData("2026-01-05", "2026-01-04T23:00:00", "Europe/Berlin")]
    [InlineData("2026-07-05T00:30:00", "2026-07-04T22:30:00", "Europe/Berlin")]
    [InlineData("2026-07-05T00:30", "2026-07-04T22:30:00", "Europe/Berlin")]
    [InlineData("46208.5", "2026-07-05T10:00:00", "Europe/Berlin")]
    [InlineData("2026-07-05T00:30:00-03:00", "2026-07-05T03:30:00", "-03:00")]
    [InlineData("2026-07-05 00:30+05:30", "2026-07-04T19:00:00", "+05:30")]
    [InlineData("2026-07-05T00:30:00.250Z", "2026-07-05T00:30:00.250", null)]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:30:00", "Europe/Berlin")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00", "Europe/Berlin")]
    public void A_date_without_an_offset_is_told_by_the_clock_of_the_import(string told, string utc, string? zone)
    {
        var row = ReadImportRow.Of(
            new SheetRow(2, [ImportBench.Phone(0), "Amina", told]), ImportBench.Terms with { TimeZone = "Europe/Berlin" },
            new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(((RowTrouble?)null, DateTime.Parse(utc, CultureInfo.InvariantCulture), zone), (row.Trouble, row.AtUtc, row.TimeZone));
        Assert.Equal(DateTimeKind.Utc, row.AtUtc.Kind);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_who_names_no_zone_is_given_another_than_that_of_the_business_and_it_stays_with_the_import(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var number = await core.WithDbAsync(db => db.Numbers.OrderBy(n => n.Id).Select(n => n.Id).FirstAsync(Token));
        await HoursAsync("America/Sao_Paulo");
        var import = await ImportBench.UploadAsync(core, $"Phone,Name,Agreed\n{ImportBench.Phone(0)},A,2026-03-05 22:00\n");
        var view = await ImportBench.ReadAsync(core, import);
        Assert.Equal(("America/Sao_Paulo", "America/Sao_Paulo"), (view.UsualZone, view.NumberZones[number]));
        await ImportBench.CheckAsync(core, import);

        // Whoever moves the business meanwhile moves no import that was described before.
        await HoursAsync("Asia/Jakarta");
        Assert.True(await core.Get<StartImport>().RunAsync(Caller.System, import, Token));
        await core.Get<RunImport>().RunNextAsync(() => { }, Token);

        var entry = await core.WithDbAsync(db => db.ConsentEntries.AsNoTracking().SingleAsync(Token));
        Assert.Equal((new DateTime(2026, 3, 6, 1, 0, 0, DateTimeKind.Utc), "America/Sao_Paulo"), (entry.AtUtc, entry.TimeZone));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await core.Get<VerifyConsent>().RunAsync(Token)).Found);

        async Task HoursAsync(string zone) => Assert.IsType<SaveHoursOutcome.Done>(
            await core.Get<SaveHours>().RunAsync(Caller.System, new HoursChange(number, new OpeningHours(zone, [], []), false, ""), Token));
    }

    [Theory, EveryDatabase]
    public async Task A_number_without_business_hours_has_the_clock_of_its_country(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var number = await core.WithDbAsync(db => db.Numbers.OrderBy(n => n.Id).Select(n => n.Id).FirstAsync(Token));
        await core.WithDbAsync(db => db.Numbers.Where(n => n.Id == number).ExecuteUpdateAsync(set => set.SetProperty(n => n.DisplayPhoneNumber, "+1 212 555 0100"), Token));
        var import = await ImportBench.UploadAsync(core, ImportBench.Csv(1));

        Assert.Equal("America/New_York", (await ImportBench.ReadAsync(core, import)).NumberZones[number]);
        await ImportBench.CheckAsync(core, import, ImportBench.Terms with { NumberId = number });
        Assert.Equal("America/New_York", (await ImportBench.ReadAsync(core, import)).Terms!.TimeZone);
    }

    [Theory, EveryDatabase]
    public async Task Without_business_hours_dates_are_of_UTC_and_a_zone_that_is_none_is_refused(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var import = await ImportBench.UploadAsync(core, ImportBench.Csv(1));
        Assert.IsType<CheckImportOutcome.Refused>(
            await core.Get<CheckImport>().RunAsync(Caller.System, import, ImportBench.Terms with { TimeZone = "Europe/Atlantis" }, Token));

        await ImportBench.RunAsync(core, import);

        Assert.Equal(new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc), await core.WithDbAsync(db => db.ConsentEntries.Select(e => e.AtUtc).SingleAsync(Token)));
    }
}
