using System.Reflection;
using WaConsole.CloudApi.Tests.Client;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>What each verb puts on the wire, to the letter.</summary>
public sealed class RequestTests
{
    /// <summary>Verbs with tests of their own: they send or stream.</summary>
    private static readonly string[] Elsewhere =
    [
        "SendAsync", "SendMarketingAsync", "MarkReadAsync", "UploadMediaAsync", "GetMediaAsync", "DownloadMediaAsync",
        "DeleteMediaAsync", "StartUploadAsync", "ContinueUploadAsync", "GetUploadOffsetAsync", "UploadForHandleAsync",
        "ListNumbersAsync", "UploadFlowJsonAsync",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EveryCall.Data), MemberType = typeof(EveryCall))]
    public async Task Each_verb_makes_its_request(ClientCall call)
    {
        await using var graph = await GraphStub.AnswerAsync(200, call.Answer);

        await call.RunAsync(GraphStub.NewClient(), graph.Account, Token);

        Assert.Equal(call.Method, graph.Only.Method);
        Assert.Equal(call.PathAndQuery, graph.Only.PathAndQuery);
        Assert.Equal(call.Body?.Replace("\n", "", StringComparison.Ordinal) ?? "", graph.Only.Text);
        Assert.Equal("Bearer secret-token", graph.Only.Headers["Authorization"]);
    }

    [Theory]
    [MemberData(nameof(EveryCall.Data), MemberType = typeof(EveryCall))]
    public async Task Each_verb_tells_a_refusal(ClientCall call)
    {
        await using var graph = await GraphStub.AnswerAsync(
            400, """{"error":{"code":100,"message":"(#100)","fbtrace_id":"T","error_data":{"details":"d"}}}""");

        var failure = await Assert.ThrowsAsync<CloudApiException>(
            () => call.RunAsync(GraphStub.NewClient(), graph.Account, Token));

        Assert.Equal(CloudApiFault.Refused, failure.Fault);
        Assert.Equal(100, failure.Error.Code);
        Assert.Equal("T", failure.Error.FbTraceId);
    }

    [Fact]
    public void No_verb_is_without_a_test()
    {
        var verbs = typeof(CloudApiClient)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .Distinct(StringComparer.Ordinal)
            .Except(Elsewhere, StringComparer.Ordinal);

        Assert.Empty(verbs.Except(EveryCall.All.Select(call => call.Name.Split(' ')[0] + "Async"), StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_answer_without_success_is_a_refusal()
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"success":false}""");

        var failure = await Assert.ThrowsAsync<CloudApiException>(
            () => GraphStub.NewClient().DeregisterAsync(graph.Account, "1", Token));

        Assert.Equal(CloudApiFault.Refused, failure.Fault);
    }
}
