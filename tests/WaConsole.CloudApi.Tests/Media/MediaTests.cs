using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using WaConsole.CloudApi.Tests.Client;

namespace WaConsole.CloudApi.Tests.Media;

public sealed class MediaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_carries_product_type_and_file()
    {
        IFormCollection? form = null;
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        byte[]? received = null;
        await using var graph = await GraphStub.StartAsync(async (context, request) =>
        {
            context.Request.Body = new MemoryStream(request.Body);
            form = await context.Request.ReadFormAsync(context.RequestAborted);
            using var copy = new MemoryStream();
            await form.Files[0].CopyToAsync(copy, context.RequestAborted);
            received = copy.ToArray();
            await context.Response.WriteAsync("""{"id":"media-1"}""");
        });

        var id = await GraphStub.NewClient().UploadMediaAsync(
            graph.Account, "1", new MemoryStream(bytes), "image/jpeg", "holiday.jpg", Token);

        Assert.Equal("media-1", id);
        Assert.Equal("/v26.0/1/media", graph.Only.PathAndQuery);
        Assert.Equal("whatsapp", form!["messaging_product"]);
        Assert.Equal("image/jpeg", form["type"]);
        var file = Assert.Single(form.Files);
        Assert.Equal("file", file.Name);
        Assert.Equal("holiday.jpg", file.FileName);
        Assert.Equal("image/jpeg", file.ContentType);
        Assert.Equal(bytes, received);
        Assert.True(graph.Only.Headers.ContainsKey("Content-Length"));
    }

    [Fact]
    public async Task A_hostile_file_name_cannot_write_headers_into_an_upload()
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"id":"media-1"}""");

        await GraphStub.NewClient().UploadMediaAsync(
            graph.Account, "1", new MemoryStream([1]), "application/pdf", "a\"\r\nX-Evil: 1\r\n\r\nß.pdf", Token);

        Assert.DoesNotContain("X-Evil: 1", graph.Only.Text, StringComparison.Ordinal);
        Assert.Contains("filename=\"a___X-Evil__1_____.pdf\"", graph.Only.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/v26.0/123")]
    [InlineData("77", "/v26.0/123?phone_number_id=77")]
    public async Task A_media_id_answers_where_the_file_is(string? phoneNumberId, string path)
    {
        await using var graph = await GraphStub.AnswerAsync(
            200,
            """
            {"messaging_product":"whatsapp","url":"https:\/\/lookaside.fbsbx.com\/x?mid=1","mime_type":"image\/jpeg",
            "sha256":"ab","file_size":"1234","id":123}
            """);

        var location = await GraphStub.NewClient().GetMediaAsync(graph.Account, "123", phoneNumberId, Token);

        Assert.Equal(
            new MediaLocation("123", new Uri("https://lookaside.fbsbx.com/x?mid=1"), "image/jpeg", "ab", 1234),
            location);
        Assert.Equal(path, graph.Only.PathAndQuery);
    }

    [Fact]
    public async Task A_download_answers_size_hash_and_type()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "audio/ogg; codecs=opus";
            await context.Response.Body.WriteAsync(bytes);
        });
        using var destination = new MemoryStream();

        var media = await GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/file"), destination, bytes.Length, Token);

        Assert.Equal(bytes, destination.ToArray());
        Assert.Equal(bytes.Length, media.Size);
        Assert.Equal(SHA256.HashData(bytes), media.Sha256);
        Assert.Equal("audio/ogg; codecs=opus", media.MimeType);
        Assert.Equal("Bearer secret-token", graph.Only.Headers["Authorization"]);
    }

    [Fact]
    public async Task An_expired_address_says_so()
    {
        await using var graph = await GraphStub.AnswerAsync(404, "gone");

        var failure = await FailDownloadAsync(graph, 1000);

        Assert.True(failure.MediaUrlExpired);
    }

    [Fact]
    public async Task A_refused_download_carries_the_code()
    {
        await using var graph = await GraphStub.AnswerAsync(401, """{"error":{"code":190}}""");

        var failure = await FailDownloadAsync(graph, 1000);

        Assert.False(failure.MediaUrlExpired);
        Assert.Equal(190, failure.Error.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_larger_than_allowed_is_not_read_to_the_end(bool announced)
    {
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            context.Response.ContentLength = announced ? 5000 : null;
            await context.Response.Body.WriteAsync(new byte[5000]);
        });
        using var destination = new MemoryStream();

        var failure = await Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/file"), destination, 4999, Token));

        Assert.Equal(CloudApiFault.MediaTooLarge, failure.Fault);
        Assert.InRange(destination.Length, 0, 4999);
    }

    [Fact]
    public async Task A_download_that_falls_silent_times_out()
    {
        var clock = new FakeTimeProvider();
        var begun = new TaskCompletionSource();
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            var left = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(left.SetResult);
            await left.Task;
        });
        using var destination = new SignallingStream(begun);

        var failing = Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient(clock).DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/file"), destination, 1000, Token));
        await begun.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(CloudApiFault.TimedOut, (await failing).Fault);
    }

    [Fact]
    public async Task A_full_disk_is_not_mistaken_for_a_broken_connection()
    {
        await using var graph = await GraphStub.AnswerAsync(200, "bytes");

        await Assert.ThrowsAsync<IOException>(() => GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/file"), new FullDisk(), 1000, Token));
    }

    [Fact]
    public void A_hash_is_the_same_in_hex_and_in_base64()
    {
        var hash = SHA256.HashData("x"u8);

        Assert.Equal(hash, MediaHash.Parse(Convert.ToBase64String(hash)));
        Assert.Equal(hash, MediaHash.Parse(Convert.ToHexString(hash)));
        Assert.Equal(hash, MediaHash.Parse(Convert.ToHexStringLower(hash)));
        Assert.Null(MediaHash.Parse("not a hash"));
        Assert.Null(MediaHash.Parse(new string('z', 64)));
        Assert.Null(MediaHash.Matches(announced: null, hash));
        Assert.True(MediaHash.Matches(Convert.ToBase64String(hash), hash));
        Assert.False(MediaHash.Matches(Convert.ToBase64String(hash), SHA256.HashData("y"u8)));
    }

    private static Task<CloudApiException> FailDownloadAsync(GraphStub graph, long maxBytes) =>
        Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/file"), new MemoryStream(), maxBytes, Token));
}
