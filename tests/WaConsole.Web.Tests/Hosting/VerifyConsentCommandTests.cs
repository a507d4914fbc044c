using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests.Hosting;

public sealed class VerifyConsentCommandTests
{
    [Theory, EveryDatabase]
    public async Task What_the_command_finds_is_shown_where_the_last_verdict_is(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await using var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton(core.Get<CheckRegistry>()).BuildServiceProvider();

        Assert.Equal(0, await Commands.RunAsync(services, ["verify-consent"]));

        var shown = (await core.Get<ReadRegistryCheck>().RunAsync(new Caller(1, "Ana", Role.Admin, null), TestContext.Current.CancellationToken))!;
        Assert.Equal((clock.GetUtcNow().UtcDateTime, "verify-consent", true), (shown.EndedAtUtc, shown.ByName, shown.Verdict?.IsWhole));
    }
}
