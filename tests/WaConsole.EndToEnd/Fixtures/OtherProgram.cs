using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Media;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>Another program of the business that sends from the console's number: everything the console itself cannot compose.</summary>
internal sealed class OtherProgram : IDisposable
{
    private readonly HttpClient _graph;

    public OtherProgram(Uri simulator)
    {
        _graph = new HttpClient { BaseAddress = new Uri(simulator, $"v25.0/{TestAccount.PhoneNumberId}/") };
        _graph.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestAccount.AccessToken);
    }

    /// <summary>Uploads a sample: image, video, audio, voice, document or sticker; returns its id.</summary>
    public async Task<string> UploadAsync(string kind)
    {
        var (bytes, mimeType, fileName) = Samples.File(kind);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mimeType.Split(';')[0]);
        using var form = new MultipartFormDataContent { { new StringContent("whatsapp"), "messaging_product" }, { content, "file", fileName } };
        using var answer = await _graph.PostAsync("media", form);
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    /// <param name="content">The object under <paramref name="type"/>.</param>
    public async Task<string> SendAsync(string to, string type, string content)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["to"] = to,
            ["type"] = type,
            [type] = JsonNode.Parse(content),
        };
        using var answer = await _graph.PostAsync("messages", new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")));
        return (await ReadAsync(answer)).GetProperty("messages")[0].GetProperty("id").GetString()!;
    }

    public void Dispose() => _graph.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }
}
