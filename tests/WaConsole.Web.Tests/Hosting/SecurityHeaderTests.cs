using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WaConsole.Web.Tests.Hosting;

public sealed partial class SecurityHeaderTests
{
    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/inbox")]
    public async Task The_policy_names_the_hash_of_the_import_map_the_page_holds(string url)
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();

        var answer = await browser.GetAsync(url);
        var map = ImportMap().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.NotEmpty(map);
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map)))}'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_holds_a_script_the_policy_would_refuse()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();

        var page = await browser.GetStringAsync("/inbox");

        Assert.All(Scripts().Matches(page), script => Assert.Matches("src=|type=\"importmap\"", script.Value));
    }

    [Fact]
    public async Task Every_answer_forbids_sniffing()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        foreach (var url in new[] { "/health/live", "/account/sign-in", "/webhooks/whatsapp", "/nowhere" })
        {
            var answer = await browser.GetAsync(url);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [GeneratedRegex("<script type=\"importmap\">(.*?)</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex ImportMap();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Scripts();
}
