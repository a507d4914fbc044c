using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Intake;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
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

    [Fact]
    public async Task A_delivery_that_cannot_be_stored_is_asked_for_again_and_taken_once_the_database_is_back()
    {
        await using var console = await ConnectedAsync(("Intake:AcceptTimeoutSeconds", "1"));
        using var client = console.CreateClient();
        await using var other = new SqliteConnection(console.Get<IOptions<DatabaseOptions>>().Value.ConnectionString);
        await other.OpenAsync();
        await using (other.BeginTransaction(deferred: false))
        {
            var refused = await PostAsync(client, Delivery, TestAccount.Sign(Delivery));

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await Until.TrueAsync(
            async () => (await PostAsync(client, Delivery, TestAccount.Sign(Delivery))).StatusCode == HttpStatusCode.OK,
            "a delivery taken again");
    }

    [Fact]
    public async Task A_delivery_that_finds_no_memory_left_is_asked_for_again_and_taken_once_there_is()
    {
        await using var console = await ConnectedAsync();
        using var client = console.CreateClient();
        var memory = console.Get<IntakeMemory>();
        const long Nearly = IntakeMemory.MostBytes - 10;
        Assert.True(memory.TryTake(Nearly));
        foreach (var announced in (bool[])[true, false])
        {
            var refused = await PostAsync(client, Delivery, TestAccount.Sign(Delivery), announced);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        memory.Give(Nearly);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, Delivery, TestAccount.Sign(Delivery))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, Delivery, TestAccount.Sign(Delivery), announced: false)).StatusCode);
        Assert.Equal(0, memory.Held);
    }

    [Fact]
    public async Task Many_unsigned_deliveries_that_announce_much_and_send_nothing_hold_little()
    {
        await using var console = await ConnectedAsync();
        var memory = console.Get<IntakeMemory>();
        using var leave = new CancellationTokenSource();

        // Of this thread, on which each of them begins: other tests run beside it.
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = Enumerable.Range(0, 300).Select(_ => ReadHeldBody.RunAsync(Slow(), WhatsAppWebhook.MaxBytes, memory, TimeProvider.System, leave.Token).AsTask()).ToList();

        Assert.All(reading, request => Assert.False(request.IsCompleted));
        Assert.InRange(memory.Held, 1, 300L * ReadHeldBody.FirstBuffer);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 30L * 1024 * 1024);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(reading));
        Assert.Equal(0, memory.Held);

        static HttpRequest Slow()
        {
            var request = new DefaultHttpContext().Request;
            (request.ContentLength, request.Body) = (3 * 1024 * 1024, new Pipe().Reader.AsStream());
            return request;
        }
    }

    [Fact]
    public async Task Strangers_who_send_much_and_stall_leave_room_for_what_is_signed_and_are_sent_away()
    {
        var clock = new FakeTimeProvider();
        await using var console = await TestConsole.StartAsync();
        console.With(services => services.AddSingleton<TimeProvider>(clock));
        console.UseKestrel(0);
        console.StartServer();
        await ConnectAsync(console);
        using var client = console.CreateClient();
        var memory = console.Get<IntakeMemory>();

        var strangers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => StallAsync(client.BaseAddress!)));
        await Until.TrueAsync(() => memory.Held > IntakeMemory.MostUnfinishedBytes / 2, "bodies that stalled");

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, Delivery, TestAccount.Sign(Delivery))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, Delivery, TestAccount.Sign(Delivery), announced: false)).StatusCode);
        Assert.InRange(memory.Held, 1, IntakeMemory.MostUnfinishedBytes);

        await Until.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return memory.Held == 0;
            },
            "nothing held for them any more");
        var answers = await Task.WhenAll(strangers.Select(StatusAsync));
        Assert.All(answers, status => Assert.Contains(status, (string[])["408", "503"]));
        Assert.Contains("408", answers);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, Delivery, TestAccount.Sign(Delivery))).StatusCode);
    }

    /// <summary>Announces 3 MB and sends 2, or what is taken of them.</summary>
    private static async Task<NetworkStream> StallAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Url} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 3145728\r\n\r\n"));
        try
        {
            await stream.WriteAsync(new byte[2 * 1024 * 1024]);
        }
        catch (IOException)
        {
            // Refused, and hung up on.
        }

        return stream;
    }

    private static async Task<string> StatusAsync(NetworkStream stranger)
    {
        await using (stranger)
        {
            using var reader = new StreamReader(stranger, Encoding.ASCII);
            try
            {
                return (await reader.ReadLineAsync())?.Split(' ')[1] ?? "503";
            }
            catch (IOException)
            {
                return "503";
            }
        }
    }

    private static async Task<TestConsole> ConnectedAsync(params (string Key, string Value)[] settings)
    {
        var console = await TestConsole.StartAsync(settings);
        await ConnectAsync(console);
        return console;
    }

    private static Task ConnectAsync(TestConsole console) =>
        console.Get<ConnectAccount>().RunAsync(Caller.System, TestAccount.Settings(new Uri("http://127.0.0.1:9")), CancellationToken.None);

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
