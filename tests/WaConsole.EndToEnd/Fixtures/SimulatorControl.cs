using System.Net.Http.Json;
using System.Text.Json;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>The simulator's control API, as docs/simulator.md describes it.</summary>
internal sealed class SimulatorControl(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address, "control/") };

    /// <summary>Makes a customer and returns the simulator's id.</summary>
    public async Task<string> MakeCustomerAsync(string name, string phone) =>
        (await PostAsync("customers", new { name, phone })).GetProperty("id").GetString()!;

    /// <summary>The customer writes a text; returns the message id.</summary>
    public Task<string> WriteAsync(string customer, string text) => SendAsync(customer, new { type = "text", text });

    /// <summary>The customer sends anything the control API knows; returns the message id.</summary>
    public async Task<string> SendAsync(string customer, object message) =>
        (await PostAsync($"customers/{customer}/messages", message)).GetProperty("id").GetString()!;

    /// <summary>The customer taps a button or a row of a message, by its id or title.</summary>
    public Task TapAsync(string customer, string messageId, string value) => PostAsync($"customers/{customer}/taps", new { messageId, value });

    public async Task ReadAsync(string customer)
    {
        using var answer = await _http.PostAsync($"customers/{customer}/read", null);
        answer.EnsureSuccessStatusCode();
    }

    public Task ChangeAsync(string customer, object change) => PatchAsync($"customers/{customer}", change);

    /// <param name="by">ISO 8601 duration, such as PT23H.</param>
    public Task AdvanceAsync(string by) => PostAsync("time", new { advance = by });

    /// <summary>What WhatsApp says of a template in English from now on: status, reason, title, quality, category, atOnce.</summary>
    public Task ChangeTemplateAsync(string name, object change) => PostAsync($"templates/{name}/en", change);

    /// <summary>The customer moves to another number.</summary>
    public Task ChangePhoneAsync(string customer, string phone) => PostAsync($"customers/{customer}/phone", new { phone });

    public Task SetFaultAsync(object fault) => PostAsync("faults", fault);

    /// <summary>Takes all faults away.</summary>
    public async Task ClearFaultsAsync()
    {
        using var answer = await _http.DeleteAsync("faults");
        answer.EnsureSuccessStatusCode();
    }

    /// <param name="value">stop or resume.</param>
    public Task ChooseMarketingAsync(string customer, string value) => PostAsync($"customers/{customer}/marketing", new { value });

    /// <summary>Another app answers the chat from now on.</summary>
    public Task ChangeOwnerAsync(string customer, string role) => PostAsync($"customers/{customer}/owner", new { role });

    /// <summary>Webhooks gather until <see cref="ReleaseAsync"/>.</summary>
    public Task HoldAsync() => PostAsync("webhook/hold", new { });

    public Task ReleaseAsync(int together = 0) => PostAsync("webhook/release", new { together });

    /// <param name="shape">items, changes or entries.</param>
    public Task BatchAsync(int most, string shape) => PostAsync("webhook/batching", new { most, wait = "PT0.05S", shape });

    /// <summary>How often a fault of this kind has struck.</summary>
    public async Task<int> StruckAsync(string kind) =>
        (await _http.GetFromJsonAsync<JsonElement>("faults")).GetProperty("struck").EnumerateArray()
            .Where(struck => struck.GetProperty("kind").GetString() == kind)
            .Sum(struck => struck.GetProperty("times").GetInt32());

    /// <summary>Every accepted send, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> LedgerAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>("ledger")).GetProperty("items").EnumerateArray()];

    public async Task<IReadOnlyList<JsonElement>> ChatAsync(string customer) =>
        [.. (await _http.GetFromJsonAsync<JsonElement>($"customers/{customer}/chat")).GetProperty("items").EnumerateArray()];

    /// <summary>The statuses of a send whose webhooks got their 200, as the message history of the Graph API lists them.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string numberId, string wamid)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(address, $"v25.0/{numberId}/message_history?fields=events&message_id={Uri.EscapeDataString(wamid)}"));
        request.Headers.Authorization = new("Bearer", TestAccount.AccessToken);
        using var answer = await _http.SendAsync(request);
        return
        [
            .. (await ReadAsync(answer)).GetProperty("data").EnumerateArray()
                .SelectMany(entry => entry.GetProperty("events").GetProperty("data").EnumerateArray())
                .Where(told => told.GetProperty("webhook_update_state").GetString() == "DELIVERED")
                .Select(told => told.GetProperty("delivery_status").GetString()!.ToLowerInvariant()),
        ];
    }

    /// <summary>Webhooks that wait to be delivered.</summary>
    public async Task<long> PendingWebhooksAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>("webhook")).GetProperty("pending").GetInt64();

    public Task SendWebhooksToAsync(Uri webhook) => PostAsync("webhook", new { url = webhook });

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        return await ReadAsync(answer);
    }

    private async Task PatchAsync(string path, object body)
    {
        using var answer = await _http.PatchAsJsonAsync(path, body);
        await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
