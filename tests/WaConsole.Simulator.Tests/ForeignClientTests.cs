using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

/// <summary>
/// A program by somebody else, written from Meta's documentation: it knows a base address, a token, a phone number id and
/// nothing of this repository.
/// </summary>
public sealed class ForeignClientTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SimulatorServer _simulator = null!;
    private string _customer = "";

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Url = "http://127.0.0.1:0", StatusDelays = StatusDelays.None }, TimeProvider.System, null, token);
        _http.BaseAddress = new Uri(_simulator.Uri, "v25.0/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "simulated-access-token");
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("someone-elses-bot/2.1");
        var amina = _simulator.World.Customers[0];
        _simulator.World.Write(amina.Id, new CustomerMessage(MessageContent.OfText("Hello")));
        _customer = amina.Phone;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Sends_a_text_as_the_first_page_of_the_documentation_does()
    {
        using var answer = await _http.PostAsJsonAsync("720000000000001/messages", new
        {
            messaging_product = "whatsapp",
            recipient_type = "individual",
            to = "+" + _customer,
            type = "text",
            text = new { preview_url = false, body = "Your order is on its way." },
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("whatsapp", body.GetProperty("messaging_product").GetString());
        Assert.Equal("+" + _customer, body.GetProperty("contacts")[0].GetProperty("input").GetString());
        Assert.Equal(_customer, body.GetProperty("contacts")[0].GetProperty("wa_id").GetString());
        Assert.StartsWith("wamid.", body.GetProperty("messages")[0].GetProperty("id").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_a_picture_sends_it_reads_it_back_and_deletes_it()
    {
        var (bytes, type, name) = Media.Samples.File("image");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" },
            { new StringContent(type), "type" },
        };
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file, "file", name);
        using var uploaded = await _http.PostAsync("720000000000001/media", form);
        var id = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        using var sent = await _http.PostAsJsonAsync("720000000000001/messages", new { messaging_product = "whatsapp", to = _customer, type = "image", image = new { id } });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        var about = await _http.GetFromJsonAsync<JsonElement>($"{id}?phone_number_id=720000000000001");
        Assert.Equal(bytes.Length, about.GetProperty("file_size").GetInt32());
        Assert.Equal(bytes, await _http.GetByteArrayAsync(about.GetProperty("url").GetString()));
        using var gone = await _http.DeleteAsync($"{id}");
        Assert.True((await gone.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Gets_the_documented_error_for_a_wrong_token_and_a_wrong_parameter()
    {
        using var wrong = await _http.PostAsJsonAsync("720000000000001/messages", new { messaging_product = "whatsapp", to = _customer, type = "text", text = new { } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var error = (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal((131008, "OAuthException"), (error.GetProperty("code").GetInt32(), error.GetProperty("type").GetString()));
        Assert.Contains("(#131008)", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("whatsapp", error.GetProperty("error_data").GetProperty("messaging_product").GetString());
        Assert.NotEmpty(error.GetProperty("fbtrace_id").GetString()!);

        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "expired");
        using var refused = await _http.GetAsync("720000000000001");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Walks_a_new_number_up_the_ladder()
    {
        using var made = await _http.PostAsJsonAsync("710000000000001/phone_numbers", new { cc = "351", phone_number = "912345678", verified_name = "Harbour Bakery" });
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        Assert.Equal(133006, await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "212834" }));
        Assert.Equal(0, await CodeOfAsync($"{id}/request_code?code_method=SMS&language=en_US", null));
        Assert.Equal(136024, await CodeOfAsync($"{id}/verify_code?code=1", null));
        var sms = (await _http.GetFromJsonAsync<JsonElement>(new Uri(_simulator.Uri, $"control/numbers/{id}/code"))).GetProperty("code").GetString();
        Assert.Equal(0, await CodeOfAsync($"{id}/verify_code?code={sms}", null));
        Assert.Equal(0, await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "212834" }));
        Assert.Equal(0, await CodeOfAsync($"{id}/deregister", null));
        Assert.Equal(133005, await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "000000" }));
        Assert.Equal(133009, await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "000001" }));
        Assert.Equal(0, await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "212834" }));
        for (var i = 0; i < 6; i++)
        {
            await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "212834" });
        }

        Assert.Equal(133016, await CodeOfAsync($"{id}/register", new { messaging_product = "whatsapp", pin = "212834" }));
    }

    [Fact]
    public async Task Keeps_profile_links_settings_and_blocks()
    {
        Assert.Equal(0, await CodeOfAsync("720000000000001/whatsapp_business_profile", new { messaging_product = "whatsapp", about = "Open till six", websites = new[] { "https://alder-oak.example/" } }));
        var profile = (await _http.GetFromJsonAsync<JsonElement>("720000000000001/whatsapp_business_profile?fields=about,websites")).GetProperty("data")[0];
        Assert.Equal("Open till six", profile.GetProperty("about").GetString());
        Assert.False(profile.TryGetProperty("email", out _));

        using var made = await _http.PostAsJsonAsync("720000000000001/message_qrdls", new { prefilled_message = "Hi!", generate_qr_image = "PNG" });
        var link = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"https://wa.me/message/{link.GetProperty("code").GetString()}", link.GetProperty("deep_link_url").GetString());
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await _http.GetByteArrayAsync(link.GetProperty("qr_image_url").GetString()))[..4]);
        using var deleted = await _http.DeleteAsync($"720000000000001/message_qrdls/{link.GetProperty("code").GetString()}");
        Assert.True(deleted.IsSuccessStatusCode);

        Assert.Equal(0, await CodeOfAsync("720000000000001/whatsapp_commerce_settings?is_catalog_visible=true", null));
        var commerce = (await _http.GetFromJsonAsync<JsonElement>("720000000000001/whatsapp_commerce_settings")).GetProperty("data")[0];
        Assert.True(commerce.GetProperty("is_catalog_visible").GetBoolean() && commerce.GetProperty("is_cart_enabled").GetBoolean());

        Assert.Equal(0, await CodeOfAsync("720000000000001/block_users", new { messaging_product = "whatsapp", block_users = new[] { new { user = "+" + _customer } } }));
        var blocked = (await _http.GetFromJsonAsync<JsonElement>("720000000000001/block_users")).GetProperty("data");
        Assert.Equal(_customer, blocked[0].GetProperty("wa_id").GetString());
        Assert.IsType<WriteOutcome.Refused>(_simulator.World.Write(_simulator.World.Customers[0].Id, new CustomerMessage(MessageContent.OfText("Let me in"))));
    }

    [Fact]
    public async Task Counts_what_was_sent_in_the_statistics_and_tells_the_history_of_a_message()
    {
        using var sent = await _http.PostAsJsonAsync("720000000000001/messages", new { messaging_product = "whatsapp", to = _customer, type = "text", text = new { body = "Counted" } });
        var wamid = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages")[0].GetProperty("id").GetString();
        await UntilReadAsync();
        var now = _simulator.World.Clock.GetUtcNow().ToUnixTimeSeconds();

        var counted = await _http.GetFromJsonAsync<JsonElement>(
            $"710000000000001?fields=analytics.start({now - 86400}).end({now + 86400}).granularity(DAY),pricing_analytics.start({now - 86400}).end({now + 86400}).granularity(DAILY).dimensions([\"PRICING_CATEGORY\",\"COUNTRY\"])");
        var history = await _http.GetFromJsonAsync<JsonElement>($"720000000000001/message_history?message_id={Uri.EscapeDataString(wamid!)}&fields=id,message_id,events");

        Assert.Equal(1, counted.GetProperty("analytics").GetProperty("data_points")[0].GetProperty("delivered").GetInt32());
        var point = counted.GetProperty("pricing_analytics").GetProperty("data")[0].GetProperty("data_points")[0];
        Assert.Equal(("SERVICE", "DE", 1), (point.GetProperty("pricing_category").GetString(), point.GetProperty("country").GetString(), point.GetProperty("volume").GetInt32()));
        Assert.Equal(["SENT", "DELIVERED", "READ"], history.GetProperty("data")[0].GetProperty("events").GetProperty("data").EnumerateArray().Select(e => e.GetProperty("delivery_status").GetString()));
    }

    private async Task UntilReadAsync()
    {
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, WorldChange change)
        {
            if (_simulator.World.Ledger is [.., { State: ReceiptState.Read }])
            {
                read.TrySetResult();
            }
        }

        _simulator.World.Changed += Look;
        Look(null, new WorldChange(null));
        await read.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private async Task<int> CodeOfAsync(string path, object? body)
    {
        using var answer = body is null ? await _http.PostAsync(path, null) : await _http.PostAsJsonAsync(path, body);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return read.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0;
    }
}
