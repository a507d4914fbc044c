using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class StartTests
{
    [Theory, EveryDatabase]
    public async Task Who_never_stopped_and_says_start_is_recorded_once_and_stands_where_they_stood(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "START")));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "START")));

        var view = await bench.ViewAsync();
        var line = Assert.Single(view.Lines);
        Assert.Equal((ConsentAction.StopLifted, ConsentSource.Keyword, "wamid.1"), (line.Action, line.Source, line.Evidence!.Wamid));
        Assert.Equal(Standing.None, view.Standing.Marketing.What);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "start", Hooks.Noon.AddMinutes(1))));
        Assert.Equal(2, (await bench.ViewAsync()).Lines.Count);
    }

    [Theory, EveryDatabase]
    public async Task Who_agreed_and_says_start_or_resumes_goes_on_by_what_they_agreed_to(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        await bench.AgreeAsync();
        var before = await bench.MarketingAsync();

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "START", Hooks.Noon.AddMinutes(1))));
        await bench.Intake.TakeAsync(Hooks.Body(Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("resume", Hooks.Noon.AddMinutes(2)))));

        var view = await bench.ViewAsync();
        Assert.Equal([ConsentSource.WhatsAppPreference, ConsentSource.Keyword, ConsentSource.Website], view.Lines.Select(line => line.Source));
        Assert.Equal(before, view.Standing.Marketing);
    }
}
