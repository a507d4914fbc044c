using System.Net;

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
}
