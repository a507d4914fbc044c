using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Webhooks;

namespace WaConsole.Web.Tests.Hosting;

public sealed class WebhookTests
{
    private const string Url = "/webhooks/whatsapp";

    private static readonly byte[] Delivery = Encoding.UTF8.GetBytes(
        $$"""{"object":"whatsapp_business_account","entry":[{"id":"{{TestAccount.WhatsAppId}}","changes":[]}]}""");

    [Fact]
    public async Task The_handshake_echoes_the_challenge_for_our_token_only()
    {
        await using var console = await ConnectedAsync();
        using var client = console.CreateClient();

        var right = await client.GetAsync($"{Url}?hub.mode=subscribe&hub.verify_token={TestAccount.VerifyToken}&hub.challenge=12345");
        var wrong = await client.GetAsync($"{Url}?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=12345");

        Assert.Equal("12345", await right.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", right.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
    }

    [Fact]
    public async Task A_signed_delivery_is_taken_without_a_cookie()
    {
        await using var console = await ConnectedAsync();
        using var client = console.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, Delivery, TestAccount.Sign(Delivery))).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_delivery_without_our_signature_is_refused(string? signature)
    {
        await using var console = await ConnectedAsync();
        using var client = console.CreateClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(client, Delivery, signature)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_past_the_bound_is_refused_announced_or_not(bool announced)
    {
        await using var console = await ConnectedAsync();
        using var client = console.CreateClient();
        var body = new byte[WhatsAppWebhook.MaxBytes + 1];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(client, body, TestAccount.Sign(body), announced)).StatusCode);
    }

    [Fact]
    public async Task A_body_of_the_full_size_is_read()
    {
        await using var console = await ConnectedAsync();
        using var client = console.CreateClient();
        var body = new byte[WhatsAppWebhook.MaxBytes];

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(client, body, "sha256=00")).StatusCode);
    }

    private static async Task<TestConsole> ConnectedAsync()
    {
        var console = await TestConsole.StartAsync();
        await console.Get<ConnectAccount>().RunAsync(Caller.System, TestAccount.Settings(new Uri("http://127.0.0.1:9")), CancellationToken.None);
        return console;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] body, string? signature, bool announced = true)
    {
        HttpContent content = announced ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        if (signature is not null)
        {
            request.Headers.Add("X-Hub-Signature-256", signature);
        }

        return client.SendAsync(request);
    }

    /// <summary>Has no length, so the request goes out in chunks.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
