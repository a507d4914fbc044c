using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using WaConsole.Simulator.Media;

namespace WaConsole.Simulator.Tests;

public sealed class MediaTests
{
    private static readonly Dictionary<string, (string Type, byte[] Bytes)> WrongFiles = new(StringComparer.Ordinal)
    {
        ["a type nobody takes"] = ("application/x-msdownload", "MZ"u8.ToArray()),
        ["text that says it is a picture"] = ("image/jpeg", "Hello"u8.ToArray()),
        ["a picture that says it is a PDF"] = ("application/pdf", Samples.File("image").Bytes),
        ["nothing"] = ("image/jpeg", []),
        ["a picture over 5 MB"] = ("image/jpeg", [.. Samples.File("image").Bytes, .. new byte[5 * 1024 * 1024]]),
        ["an OGG without OPUS"] = ("audio/ogg", [.. "OggS"u8, .. new byte[100]]),
        ["a stereo voice note"] = ("audio/ogg", [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8, 1, 2, .. new byte[20]]),
        ["a sticker of another size"] = ("image/webp", [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0]),
        ["bytes that are no text"] = ("text/plain", [0x48, 0x00, 0x49]),
    };

    /// <summary>By name: xunit would write the bytes themselves into the name of each case.</summary>
    public static TheoryData<string> Wrong => [.. WrongFiles.Keys];

    public static TheoryData<string> Kinds => [.. Samples.Kinds];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_file_WhatsApp_does_not_take_is_131053(string what)
    {
        var (type, bytes) = WrongFiles[what];
        await using var bench = await Bench.StartAsync();

        var answer = await UploadAsync(bench, bytes, type);

        Assert.True(answer.Code == 131053, $"{what}: {answer.Body}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_sample_is_a_file_WhatsApp_takes_and_comes_back_byte_for_byte(string kind)
    {
        await using var bench = await Bench.StartAsync();
        var (bytes, type, _) = Samples.File(kind);

        var id = (await UploadAsync(bench, bytes, type)).Body.GetProperty("id").GetString();

        var info = (await bench.GetAsync($"/v25.0/{id}?phone_number_id={Bench.Berlin}")).Body;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), info.GetProperty("sha256").GetString());
        Assert.Equal(bytes.Length, info.GetProperty("file_size").GetInt32());
        Assert.Equal(MediaRules.BaseType(type), info.GetProperty("mime_type").GetString());
        Assert.Equal(bytes, await bench.Http.GetByteArrayAsync(info.GetProperty("url").GetString(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_download_needs_the_token_and_ends_after_five_minutes()
    {
        await using var bench = await Bench.StartAsync();
        var (bytes, type, _) = Samples.File("image");
        var id = (await UploadAsync(bench, bytes, type)).Body.GetProperty("id").GetString();
        var url = (await bench.GetAsync($"/v25.0/{id}")).Body.GetProperty("url").GetString()!;

        using var stranger = new HttpClient();
        stranger.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1.0");
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode);
        var forged = url[..^1] + (url[^1] == '0' ? '1' : '0');
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Http.GetAsync(forged, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bench.Http.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode);

        bench.World.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Http.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode);

        var again = (await bench.GetAsync($"/v25.0/{id}")).Body.GetProperty("url").GetString();
        Assert.Equal(HttpStatusCode.OK, (await bench.Http.GetAsync(again, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task An_uploaded_id_lives_thirty_days_and_one_from_a_webhook_seven()
    {
        await using var bench = await Bench.StartAsync();
        var (bytes, type, _) = Samples.File("image");
        var uploaded = (await UploadAsync(bench, bytes, type)).Body.GetProperty("id").GetString();
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "image" });
        var received = (await bench.Receiver.UntilAsync(1))[0].Message!.Value.GetProperty("image").GetProperty("id").GetString();

        bench.World.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Null((await bench.GetAsync($"/v25.0/{uploaded}")).Code);
        Assert.Equal(100, (await bench.GetAsync($"/v25.0/{received}")).Code);

        bench.World.Clock.Advance(TimeSpan.FromDays(23));
        Assert.Equal(100, (await bench.GetAsync($"/v25.0/{uploaded}")).Code);
    }

    [Fact]
    public async Task A_deleted_file_is_gone_and_another_number_may_not_send_it()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.Says(bench.Amina, "Hello", Bench.Vienna);
        var (bytes, type, _) = Samples.File("image");
        var id = (await UploadAsync(bench, bytes, type)).Body.GetProperty("id").GetString();
        var send = $$$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"image","image":{"id":"{{{id}}}"}}""";
        Assert.Equal(100, (await bench.SendRawAsync(send, Bench.Vienna)).Code);
        Assert.Null((await bench.SendRawAsync(send)).Code);

        using var deleted = await bench.Http.DeleteAsync($"/v25.0/{id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(100, (await bench.GetAsync($"/v25.0/{id}")).Code);
        Assert.Equal(100, (await bench.SendRawAsync(send)).Code);
    }

    [Fact]
    public async Task A_file_of_the_wrong_kind_fails_later_with_131053()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        var (bytes, type, _) = Samples.File("document");
        var id = (await UploadAsync(bench, bytes, type)).Body.GetProperty("id").GetString();

        Assert.Null((await bench.SendRawAsync(
            $$$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"image","image":{"id":"{{{id}}}"}}""")).Code);

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "failed"));
        Assert.Equal(131053, all[^1].Status!.Value.GetProperty("errors")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_voice_note_is_played_after_it_was_read()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        var (bytes, type, _) = Samples.File("voice");
        var id = (await UploadAsync(bench, bytes, type)).Body.GetProperty("id").GetString();

        await bench.SendRawAsync(
            $$$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"audio","audio":{"id":"{{{id}}}","voice":true}}""");

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "played"));
        Assert.Equal(["sent", "delivered", "read", "played"], all.Where(r => r.Status is not null).Select(r => r.StatusWord));
    }

    [Fact]
    public async Task A_customers_file_can_be_fetched_by_its_webhook_with_the_hash_in_it()
    {
        await using var bench = await Bench.StartAsync();
        using var form = new MultipartFormDataContent();
        var (bytes, type, name) = Samples.File("document");
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(file, "file", name);
        form.Add(new StringContent("document"), "type");
        form.Add(new StringContent("As agreed"), "caption");
        using var posted = await bench.Http.PostAsync($"/control/customers/{bench.Amina.Id}/messages", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);

        var document = (await bench.Receiver.UntilAsync(1))[0].Message!.Value.GetProperty("document");

        Assert.Equal(name, document.GetProperty("filename").GetString());
        Assert.Equal("As agreed", document.GetProperty("caption").GetString());
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(bytes)), document.GetProperty("sha256").GetString());
        Assert.Equal(bytes, await bench.Http.GetByteArrayAsync(document.GetProperty("url").GetString(), TestContext.Current.CancellationToken));
    }

    internal static async Task<Answer> UploadAsync(Bench bench, byte[] bytes, string type)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("whatsapp", Encoding.UTF8), "messaging_product");
        form.Add(new StringContent(type), "type");
        form.Add(new ByteArrayContent(bytes), "file", "file.bin");
        using var answer = await bench.Http.PostAsync($"/v25.0/{Bench.Berlin}/media", form, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(answer);
    }
}
