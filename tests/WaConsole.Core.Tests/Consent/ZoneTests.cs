using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Hours;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Capture;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Consent;

/// <summary>Every entry names the zone of its time, whichever way it came.</summary>
public sealed class ZoneTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task What_came_by_a_page_a_message_and_a_colleague_names_the_zone_of_the_person(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        await bench.AgreeAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "STOP")));
        await bench.Intake.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("resume", Hooks.Noon.AddMinutes(1)))));
        var person = await bench.ContactAsync();
        await bench.Core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.Utility, ConsentSource.Agent), Token);

        var lines = (await bench.ViewAsync()).Lines;

        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Equal("Europe/Berlin", line.TimeZone));
        var certificate = await bench.Core.Get<ReadCertificate>().RunAsync(Caller.System, person, lines[0].EntryId, Token);
        Assert.Equal("Europe/Berlin", certificate!.TimeZone);
        Assert.Empty((await bench.Core.Get<VerifyConsent>().RunAsync(Token)).Found);
    }

    [Theory, EveryDatabase]
    public async Task Of_a_country_with_several_zones_that_of_the_number_counts_and_else_UTC(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "STOP", from: "12125550123")));
        await bench.Core.WithDbAsync(async db =>
        {
            db.NumberHours.Add(new NumberHours { NumberId = bench.Core.NumberId, TimeZone = "America/Chicago" });
            await db.SaveChangesAsync(Token);
        });
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "STOP", from: "12125550124")));
        var person = await bench.Core.WithDbAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(Token));
        await bench.Core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.Utility, ConsentSource.Agent), Token);

        var zones = await bench.Core.WithDbAsync(db => db.ConsentEntries.OrderBy(e => e.Id).Select(e => e.TimeZone).ToListAsync(Token));

        Assert.Equal(["America/Chicago", "UTC"], zones[1..]);
        Assert.NotNull(zones[0]);
    }
}
