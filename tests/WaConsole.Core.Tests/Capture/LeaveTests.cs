using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class LeaveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_persons_own_link_opts_out_them_and_nobody_else(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        await bench.AgreeAsync();
        var token = (await bench.Core.Get<MakeOptOutToken>().RunAsync(Caller.System, await bench.ContactAsync(), Token))!;
        Assert.Equal(token, await bench.Core.Get<MakeOptOutToken>().RunAsync(Caller.System, await bench.ContactAsync(), Token));
        var leave = bench.Core.Get<LeaveByLink>();

        Assert.False(await leave.RunAsync(Forged(token), new Leaving(false), Token));
        Assert.False(await leave.RunAsync("x", new Leaving(false), Token));
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);

        Assert.True(await leave.RunAsync(token, new Leaving(false) { IpAddress = "192.0.2.9" }, Token));
        var view = await bench.ViewAsync();
        Assert.Equal((Standing.OptedOut, Standing.None), (view.Standing.Marketing.What, view.Standing.Utility.What));
        Assert.Equal((ConsentSource.PublicPage, "192.0.2.9"), (view.Lines[0].Source, view.Lines[0].Evidence!.IpAddress));
    }

    [Theory, EveryDatabase]
    public async Task A_link_goes_on_working_when_its_person_was_merged(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var (stays, goes) = (await Contacts.MergePeopleTests.ContactAsync(bench.Core, "Amina"), await Contacts.MergePeopleTests.ContactAsync(bench.Core, "Bo"));
        var token = (await bench.Core.Get<MakeOptOutToken>().RunAsync(Caller.System, goes, Token))!;
        await bench.Core.Get<Core.Contacts.MergePeople>().RunAsync(Caller.System, stays, goes, Token);

        Assert.True(await bench.Core.Get<LeaveByLink>().RunAsync(token, new Leaving(true), Token));

        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, bench.ViewAsync().GetAwaiter().GetResult().Standing.Of(purpose).What));
    }

    [Theory, EveryDatabase]
    public async Task A_typed_number_is_honoured_known_or_not(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var leave = bench.Core.Get<LeaveByPhone>();

        Assert.Equal(LeaveOutcome.InvalidPhone, await leave.RunAsync("12", "DE", new Leaving(false), Token));
        Assert.Equal(LeaveOutcome.Taken, await leave.RunAsync("0170 1234567", "DE", new Leaving(false), Token));
        Assert.Equal(LeaveOutcome.Taken, await leave.RunAsync("+49 170 1234567", null, new Leaving(true), Token));

        // Whoever typed it may be anybody: codes and news of orders go on.
        Assert.Equal(Standing.None, (await bench.ViewAsync()).Standing.Utility.What);
        Assert.Equal(Standing.OptedOut, (await bench.MarketingAsync()).What);
    }

    private static string Forged(string token) => (token[0] == 'A' ? 'B' : 'A') + token[1..];
}
