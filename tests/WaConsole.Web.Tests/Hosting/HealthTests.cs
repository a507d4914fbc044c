using System.Net;
using WaConsole.Core.Live;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Hosting;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_started_console_is_live_and_ready_without_sign_in(string url)
    {
        await using var console = await TestConsole.StartAsync();
        using var client = console.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task A_console_whose_worker_hangs_is_live_and_not_ready()
    {
        await using var console = await TestConsole.StartAsync();
        using var client = console.CreateClient();
        using (Trouble.SilentWorker(console.Get<Heartbeats>(), Worker.Intake))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }
}
