using WaConsole.Core.Team;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests.Account;

public sealed class DemoAccountTests
{
    private static readonly (string, string)[] WithSimulator =
        [("Simulator:Enabled", "true"), ("Simulator:Url", "http://127.0.0.1:0"), ("Simulator:DemoData", "false")];

    [Fact]
    public async Task With_the_simulator_on_loopback_they_are_on_the_page_and_sign_in_with_one_click()
    {
        await using var console = await TestConsole.StartAsync(WithSimulator);
        using var browser = console.Browser();

        var answer = await TestConsole.PostFormAsync(browser, "/account/sign-in", "demo-ana@demo.local");

        Assert.Equal("/", answer.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Without_the_simulator_there_are_none()
    {
        await using var console = await TestConsole.StartAsync();
        using var browser = console.Browser();

        var page = await browser.GetStringAsync("/account/sign-in");

        Assert.DoesNotContain("demo.local", page, StringComparison.Ordinal);
        Assert.Empty((await console.Get<ListTeam>().RunAsync(Caller.System, CancellationToken.None)).Members);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://127.0.0.1:5080;http://192.168.1.4:5080")]
    public async Task On_a_listener_others_reach_there_are_none(string urls)
    {
        await using var console = await TestConsole.StartAsync([.. WithSimulator, ("Urls", urls)]);
        using var browser = console.Browser();

        Assert.DoesNotContain("demo.local", await browser.GetStringAsync("/account/sign-in"), StringComparison.Ordinal);
        Assert.Empty((await console.Get<ListTeam>().RunAsync(Caller.System, CancellationToken.None)).Members);
    }

    [Fact]
    public async Task Behind_a_proxy_they_are_neither_shown_nor_let_in()
    {
        await using var console = await TestConsole.StartAsync(WithSimulator);
        using var browser = console.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        var page = await browser.GetStringAsync("/account/sign-in");
        var answer = await TestConsole.SignInAsync(browser, "ana@demo.local", DemoMode.Password);

        Assert.DoesNotContain("demo.local", page, StringComparison.Ordinal);
        Assert.Contains("cannot sign in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_name_pointed_at_this_machine_gets_none()
    {
        await using var console = await TestConsole.StartAsync(WithSimulator);
        using var browser = console.Browser();
        browser.DefaultRequestHeaders.Host = "rebound.example.com";

        var page = await browser.GetStringAsync("/account/sign-in");
        var answer = await TestConsole.SignInAsync(browser, "admin@demo.local", DemoMode.Password);

        Assert.DoesNotContain("demo.local", page, StringComparison.Ordinal);
        Assert.Contains("cannot sign in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("", false)]
    public void Only_what_is_provably_loopback_counts(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, DemoRule.IsLoopback(address));
}
