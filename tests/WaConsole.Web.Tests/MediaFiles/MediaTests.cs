using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Tests.Api;

namespace WaConsole.Web.Tests.MediaFiles;

public sealed class MediaTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Enumerable.Range(0, 200).Select(i => (byte)i)];

    [Fact]
    public async Task A_picture_goes_up_by_key_is_sent_and_comes_back_to_whoever_sees_the_conversation()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        using var other = await host.ProgramAsync();
        using var anonymous = host.Anonymous();
        var id = await new SeedConversation
        {
            NumberId = host.NumberId,
            WindowExpiresAtUtc = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(5),
        }.WriteAsync(host.Store);
        using var stranger = await host.PersonAsync(await new SeedAgent("Ines", Numbers: [host.NumberId + 1]).WriteAsync(host.Store));
        using var colleague = await host.PersonAsync(await new SeedAgent("Bo", Numbers: [host.NumberId]).WriteAsync(host.Store));
        using var marketer = await host.PersonAsync(await new SeedAgent("Mara", Role.Marketer).WriteAsync(host.Store));

        var upload = await crm.UploadAsync("/api/v1/media", Form(Png, "../../evil\r\n\"photo.exe")).OkAsync(201);
        var send = $$"""{"type":"image","mediaId":"{{upload.GetProperty("mediaId").GetString()}}"}""";
        Assert.Equal(("image", "image/png"), (upload.GetProperty("type").GetString(), upload.GetProperty("mimeType").GetString()));
        Assert.Equal((422, "media_not_found"), await other.SendAsync($"/api/v1/conversations/{id}/messages", send).RefusalAsync());
        await crm.SendAsync($"/api/v1/conversations/{id}/messages", send).OkAsync(202);
        var media = (await crm.AskAsync($"/api/v1/conversations/{id}/messages").OkAsync()).GetProperty("items")[0].GetProperty("media");
        var url = media.GetProperty("url").GetString()!;

        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.AskAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.AskAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketer.AskAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.AskAsync($"/media/{Guid.CreateVersion7()}")).StatusCode);
        using var whole = await colleague.AskAsync(url);
        Assert.Equal(Png, await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("image/png", whole.Content.Headers.ContentType?.ToString());
        Assert.Equal("inline", whole.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", whole.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(whole.Headers.CacheControl!.Private);

        var part = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(8, 11) } };
        using var ranged = await colleague.AskAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, 4), (ranged.StatusCode, (await ranged.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
        var again = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await colleague.AskAsync(again)).StatusCode);
    }

    [Fact]
    public async Task An_upload_not_sent_yet_is_seen_by_its_uploader_only()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ana = await new SeedAgent("Ana").WriteAsync(host.Store);
        using var owner = await host.PersonAsync(ana);
        using var other = await host.PersonAsync(await new SeedAgent("Bo").WriteAsync(host.Store));
        var stored = Assert.IsType<Core.Media.UploadOutcome.Stored>(await host.Get<Core.Media.StoreUpload>().RunAsync(
            ana, new MemoryStream(Encoding.UTF8.GetBytes("<script>alert(1)</script>")), "page.html", CancellationToken.None));

        using var own = await owner.AskAsync($"/media/{stored.Key}");

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(("attachment", "text/plain"), (
            own.Content.Headers.ContentDisposition?.DispositionType, own.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, (await other.AskAsync($"/media/{stored.Key}")).StatusCode);
    }

    [Fact]
    public async Task What_WhatsApp_does_not_take_is_refused_and_nothing_stays_on_disk()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();

        Assert.Equal((422, "media_empty"), await crm.UploadAsync("/api/v1/media", Form([], "a.png")).RefusalAsync());
        Assert.Equal((415, "media_unsupported"), await crm.UploadAsync("/api/v1/media", Form("GIF89a......"u8.ToArray(), "a.gif")).RefusalAsync());
        Assert.Equal(
            (413, "media_too_big"), await crm.UploadAsync("/api/v1/media", Form([.. Png, .. new byte[6 * 1024 * 1024]], "a.png")).RefusalAsync());
        Assert.Equal((415, "unsupported_media_type"), await crm.SendAsync("/api/v1/media", "{}").RefusalAsync());
        Assert.Equal(
            (400, "invalid_request"),
            await crm.UploadAsync("/api/v1/media", new MultipartFormDataContent { { new StringContent("x"), "note" } }).RefusalAsync());
        Assert.Equal((400, "invalid_request"), await crm.UploadAsync("/api/v1/media", Broken()).RefusalAsync());
    }

    [Fact]
    public async Task The_composers_upload_needs_a_person_and_the_pages_token()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var person = await host.PersonAsync(await new SeedAgent("Ana").WriteAsync(host.Store));
        using var marketer = await host.PersonAsync(await new SeedAgent("Mira", Role.Marketer).WriteAsync(host.Store));
        using var anonymous = host.Anonymous();
        using var program = await host.ProgramAsync();

        // Marketing staff make templates with files: the same door.
        Assert.Equal((400, "antiforgery"), await marketer.UploadAsync("/media/upload", Form(Png, "a.png")).RefusalAsync());
        Assert.Equal((400, "antiforgery"), await person.UploadAsync("/media/upload", Form(Png, "a.png")).RefusalAsync());
        person.DefaultRequestHeaders.Add("RequestVerificationToken", "forged");
        Assert.Equal((400, "antiforgery"), await person.UploadAsync("/media/upload", Form(Png, "a.png")).RefusalAsync());
        Assert.NotEqual(HttpStatusCode.OK, (await anonymous.UploadAsync("/media/upload", Form(Png, "a.png"))).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await program.UploadAsync("/media/upload", Form(Png, "a.png"))).StatusCode);
    }

    private static MultipartFormDataContent Form(byte[] bytes, string name)
    {
        var form = new MultipartFormDataContent("boundary-of-test");
        var file = new ByteArrayContent(bytes);
        file.Headers.TryAddWithoutValidation(
            "Content-Disposition", $"form-data; name=\"file\"; filename=\"a.bin\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
        form.Add(file);
        return form;
    }

    private static ByteArrayContent Broken()
    {
        var body = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nhalf of it"u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return body;
    }
}
