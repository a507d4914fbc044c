using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Tests.Api;

namespace WaConsole.Web.Tests.Hosting;

public sealed class GreetingTests
{
    [Fact]
    public async Task The_person_at_the_terminal_reads_the_one_time_code_and_the_log_does_not_have_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        var code = host.Get<SetUpFirstAdmin>().Code;

        Assert.Contains($"with the one-time code {code}", host.Greeted, StringComparison.Ordinal);
        Assert.Contains($"{host.Address}account/set-up", host.Greeted, StringComparison.Ordinal);
        Assert.DoesNotContain(CapturedLogs.Instance.Lines, line => line.Contains(code, StringComparison.Ordinal));
    }
}
