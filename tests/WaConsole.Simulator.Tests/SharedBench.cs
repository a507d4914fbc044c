using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace WaConsole.Simulator.Tests;

/// <summary>One simulator for a table of requests that change nothing.</summary>
public sealed class SharedBench : IAsyncLifetime
{
    private Bench _bench = null!;

    public string Account => _bench.World.Options.BusinessAccountId;

    internal Bench Bench => _bench;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync(options => options with
    {
        TemplateReview = Hosting.TemplateReview.ByHand,
        ThroughputPerSecond = 0,
        PairBurst = 0,
    });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>A raw request; <c>{account}</c>, <c>{number}</c>, <c>{app}</c> and <c>{catalog}</c> in path and body are filled in.</summary>
    internal async Task<Answer> CallAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v25.0/" + Fill(path));
        if (body is not null)
        {
            request.Content = new StringContent(Fill(body), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var answer = await _bench.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(answer);
    }

    private string Fill(string text) => text
        .Replace("{account}", Account, StringComparison.Ordinal)
        .Replace("{number}", Bench.Berlin, StringComparison.Ordinal)
        .Replace("{app}", _bench.World.Options.AppId, StringComparison.Ordinal)
        .Replace("{catalog}", _bench.World.Account.CatalogId, StringComparison.Ordinal);
}

internal static class AnswerChecks
{
    /// <summary>An error as every Graph error looks.</summary>
    public static void IsRefused(this Answer answer, string what, int code, int? subcode = null)
    {
        Assert.True(answer.Code == code, $"{what}: expected {code}, got {(int)answer.Status} {answer.Body}");
        var error = JsonNode.Parse(answer.Body.GetRawText())!["error"]!;
        Assert.Equal("OAuthException", error["type"]!.GetValue<string>());
        Assert.NotEmpty(error["message"]!.GetValue<string>());
        Assert.NotEmpty(error["fbtrace_id"]!.GetValue<string>());
        Assert.NotEmpty(error["error_data"]!["details"]!.GetValue<string>());
        Assert.True((int)answer.Status >= 400, what);
        if (subcode is not null)
        {
            Assert.True(error["error_subcode"]?.GetValue<int>() == subcode, $"{what}: expected {subcode}, got {answer.Body}");
            Assert.NotEmpty(error["error_user_msg"]!.GetValue<string>());
        }
    }
}
