using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.CloudApi.Tests.Client;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>What every call tells beside its answer, how long it may take, and where it goes.</summary>
public sealed class UsageTests
{
    private static readonly DateTime From = DateTime.UnixEpoch.AddSeconds(1790812800);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task How_much_of_the_limits_is_used_is_told_after_each_answer()
    {
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Response.Headers["X-App-Usage"] = """{"call_count":28,"total_time":25,"total_cputime":81}""";
            context.Response.Headers["X-Business-Use-Case-Usage"] =
                """
                {"9":[{"type":"whatsapp_business_management","call_count":99,"total_cputime":1,"total_time":1,
                "estimated_time_to_regain_access":7}]}
                """.Replace("\n", "", StringComparison.Ordinal);
            return context.Response.WriteAsync("""{"data":[]}""");
        });
        ApiUsage? usage = null;
        var services = new ServiceCollection();
        services.AddCloudApi(options => options.UsageRead = read => usage = read);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<CloudApiClient>().ListTemplatesAsync(graph.Account, "9", null, 10, Token);

        Assert.Equal(new UsageShares(28, 81, 25), usage!.App);
        Assert.Equal(99, usage.HighestPercent);
        Assert.Equal(TimeSpan.FromMinutes(7), usage.RegainAccess);
        Assert.Equal(
            new AccountUsage("9", "whatsapp_business_management", new(99, 1, 1), TimeSpan.FromMinutes(7)),
            Assert.Single(usage.Accounts));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"9":7}""")]
    [InlineData("""{"9":[1]}""")]
    [InlineData("""{"call_count":"many","9":[{"call_count":1e400}]}""")]
    public async Task A_usage_header_of_any_text_hurts_nobody(string header)
    {
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 400;
            context.Response.Headers["X-App-Usage"] = header;
            context.Response.Headers["X-Business-Use-Case-Usage"] = header;
            return context.Response.WriteAsync("""{"error":{"code":80007}}""");
        });

        var failure = await Assert.ThrowsAsync<CloudApiException>(
            () => GraphStub.NewClient().GetHealthAsync(graph.Account, "9", Token));

        Assert.Equal(80007, failure.Error.Code);
        Assert.Null(failure.RetryAfter);
    }

    [Fact]
    public async Task One_call_may_be_given_less_time()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        });
        var hurried = graph.Account with { TimeLimit = TimeSpan.FromSeconds(5) };

        var call = GraphStub.NewClient(clock).GetHealthAsync(hurried, "9", Token);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CloudApiFault.TimedOut, (await Assert.ThrowsAsync<CloudApiException>(() => call)).Fault);
    }

    [Theory]
    [InlineData("https://graph.facebook.com", "https://api.facebook.com/")]
    [InlineData("http://127.0.0.1:5081", "http://127.0.0.1:5081/")]
    public void The_second_host_is_Metas_only_beside_Metas_Graph(string graph, string expected) =>
        Assert.Equal(new Uri(expected), new CloudApiAccount(new Uri(graph), "v26.0", "x").ApiBaseAddress);
}
