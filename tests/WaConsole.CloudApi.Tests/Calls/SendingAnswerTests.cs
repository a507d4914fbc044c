using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using WaConsole.CloudApi.Tests.Client;
using static WaConsole.CloudApi.Tests.Calls.Answered;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>What the verbs that send and that carry files make of Meta's answer.</summary>
public sealed class SendingAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marketing_goes_its_own_way_with_its_own_wishes()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200, """{"contacts":[{"wa_id":"491"}],"messages":[{"id":"wamid.M","message_status":"accepted"}]}""");
        var message = new OutboundMessage(new Recipient.Phone("491"), new OutboundContent.Template("spring", "de"));

        var accepted = await GraphStub.NewClient().SendMarketingAsync(
            graph.Account, "1", message, new MarketingOptions(Strict: true, ShareActivity: false, BidMultiplier: 1.5m), Token);

        Assert.Equal("wamid.M", accepted.Wamid);
        Assert.Equal("/v26.0/1/marketing_messages", graph.Only.PathAndQuery);
        Assert.EndsWith(
            ""","product_policy":"STRICT","message_activity_sharing":false,"bid_spec":{"per_message_bid_multiplier":1.5}}""",
            graph.Only.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_to_a_group_answers_the_group()
    {
        var accepted = await AskAsync(
            """{"contacts":[{"input":"G1"}],"messages":[{"id":"wamid.G","group_id":"G1"}]}""",
            (api, me) => api.SendAsync(me, "1", new(new Recipient.Group("G1"), new OutboundContent.Text("Hi")), Token));

        Assert.Equal("G1", accepted.GroupId);
    }

    [Theory]
    [InlineData(null, "/v26.0/55")]
    [InlineData("1", "/v26.0/55?phone_number_id=1")]
    public async Task Media_is_deleted_for_a_number_or_for_all(string? number, string path)
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"success":true}""");

        await GraphStub.NewClient().DeleteMediaAsync(graph.Account, "55", number, Token);

        Assert.Equal(("DELETE", path), (graph.Only.Method, graph.Only.PathAndQuery));
    }

    [Fact]
    public async Task A_download_that_is_not_what_was_announced_is_refused()
    {
        await using var graph = await GraphStub.AnswerAsync(200, "bread");
        var right = Convert.ToBase64String(SHA256.HashData("bread"u8));
        var wrong = Convert.ToBase64String(SHA256.HashData("cake"u8));
        MediaLocation Location(string? hash) => new("55", new Uri(graph.Address, "/file"), "text/plain", hash, 5);

        var media = await GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, Location(right), new MemoryStream(), 1000, Token);
        await GraphStub.NewClient().DownloadMediaAsync(graph.Account, Location(null), new MemoryStream(), 1000, Token);
        var failure = await Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, Location(wrong), new MemoryStream(), 1000, Token));

        Assert.Equal(5, media.Size);
        Assert.Equal(CloudApiFault.MediaDamaged, failure.Fault);
    }

    [Fact]
    public async Task A_sample_is_uploaded_in_two_steps_with_the_older_scheme()
    {
        await using var graph = await GraphStub.StartAsync((context, request) => context.Response.WriteAsync(
            request.PathAndQuery.Contains("uploads", StringComparison.Ordinal) ? """{"id":"upload:AB=="}""" : """{"h":"4::aW"}"""));

        var handle = await GraphStub.NewClient().UploadForHandleAsync(
            graph.Account, "5", new MemoryStream([1, 2, 3]), "image/jpeg", "lo af.jpg", Token);

        Assert.Equal("4::aW", handle);
        Assert.Equal("/v26.0/5/uploads?file_name=lo_af.jpg&file_length=3&file_type=image%2Fjpeg", graph.Seen[0].PathAndQuery);
        Assert.Equal("Bearer secret-token", graph.Seen[0].Headers["Authorization"]);
        Assert.Equal("/v26.0/upload:AB==", graph.Seen[1].PathAndQuery);
        Assert.Equal("OAuth secret-token", graph.Seen[1].Headers["Authorization"]);
        Assert.Equal("0", graph.Seen[1].Headers["file_offset"]);
        Assert.Equal([1, 2, 3], graph.Seen[1].Body);
    }

    [Fact]
    public async Task An_upload_that_broke_goes_on_where_Meta_stands()
    {
        var posts = 0;
        await using var graph = await GraphStub.StartAsync((context, request) =>
        {
            if (request.PathAndQuery.Contains("uploads", StringComparison.Ordinal))
            {
                return context.Response.WriteAsync("""{"id":"upload:AB?sig=xyz"}""");
            }

            if (request.Method == "GET")
            {
                return context.Response.WriteAsync("""{"id":"upload:AB","file_offset":2}""");
            }

            if (posts++ == 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"h":"4::aW"}""");
        });
        using var content = new MemoryStream([1, 2, 3]);

        var handle = await GraphStub.NewClient().UploadForHandleAsync(graph.Account, "5", content, "image/jpeg", "x.jpg", Token);

        Assert.Equal("4::aW", handle);
        var last = graph.Seen[^1];
        Assert.Equal(("/v26.0/upload:AB?sig=xyz", "2"), (last.PathAndQuery, last.Headers["file_offset"]));
        Assert.Equal([3], last.Body);
        Assert.True(content.CanRead);
    }

    [Theory]
    [InlineData("upload:../me")]
    [InlineData("upload:a?b#c d")]
    [InlineData("")]
    public async Task An_upload_id_cannot_change_the_address(string id) => await Assert.ThrowsAsync<ArgumentException>(
        () => AskAsync("{}", (api, me) => api.GetUploadOffsetAsync(me, id, Token)));
}
