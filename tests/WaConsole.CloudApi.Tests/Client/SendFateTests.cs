using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace WaConsole.CloudApi.Tests.Client;

public sealed class SendFateTests
{
    private static readonly OutboundMessage Hello =
        new(new Recipient.Phone("+4917012345678"), new OutboundContent.Text("Hello")) { CallbackData = "job:42" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        var failure = await FailAsync(new Uri($"http://127.0.0.1:{FreePort()}"));

        Assert.Equal(CloudApiFault.Unreachable, failure.Fault);
        Assert.Equal(SendFate.NotSent, failure.Fate);
        Assert.Equal(CloudApiError.NoCode, failure.Error.Code);
    }

    [Fact]
    public async Task A_host_without_a_name_entry_was_sent_nothing()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        });
        var failure = await FailAsync(new Uri("http://graph.invalid"), Client(http, TimeProvider.System));

        Assert.Equal(CloudApiFault.Unreachable, failure.Fault);
        Assert.Equal(SendFate.NotSent, failure.Fate);
    }

    [Fact]
    public async Task A_failed_TLS_handshake_sent_nothing()
    {
        await using var plain = await GraphStub.AnswerAsync(200, "{}");

        var failure = await FailAsync(new UriBuilder(plain.Address) { Scheme = "https" }.Uri);

        Assert.Equal(CloudApiFault.Unreachable, failure.Fault);
        Assert.Equal(SendFate.NotSent, failure.Fate);
        Assert.Empty(plain.Seen);
    }

    [Fact]
    public async Task Time_running_out_while_still_connecting_sent_nothing()
    {
        var clock = new FakeTimeProvider();
        var connecting = new TaskCompletionSource();
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancelled) =>
            {
                connecting.SetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
                throw new SocketException();
            },
        });

        var failing = FailAsync(new Uri("http://graph.invalid"), Client(http, clock));
        await connecting.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(31));

        var failure = await failing;
        Assert.Equal(CloudApiFault.TimedOut, failure.Fault);
        Assert.Equal(SendFate.NotSent, failure.Fate);
    }

    [Fact]
    public async Task Time_running_out_after_the_server_took_the_message_leaves_it_open()
    {
        var clock = new FakeTimeProvider();
        var taken = new TaskCompletionSource();
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            taken.SetResult();
            await WaitForTheCallerToLeaveAsync(context);
        });

        var failing = FailAsync(graph.Address, GraphStub.NewClient(clock));
        await taken.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(31));

        var failure = await failing;
        Assert.Equal(CloudApiFault.TimedOut, failure.Fault);
        Assert.Equal(SendFate.MaybeSent, failure.Fate);
    }

    [Fact]
    public async Task A_reset_after_the_server_took_the_message_leaves_it_open_and_is_not_repeated()
    {
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var failure = await FailAsync(graph.Address);

        Assert.Equal(CloudApiFault.ConnectionLost, failure.Fault);
        Assert.Equal(SendFate.MaybeSent, failure.Fate);
        Assert.Single(graph.Seen);
    }

    [Fact]
    public async Task A_reset_on_a_connection_used_before_is_not_repeated_either()
    {
        await using var graph = await GraphStub.StartAsync((context, request) =>
        {
            if (request.Text.Contains("second", StringComparison.Ordinal))
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"messages":[{"id":"wamid.1"}]}""");
        });
        var client = GraphStub.NewClient();
        await client.SendAsync(graph.Account, "1", Hello with { CallbackData = "first" }, Token);

        var failure = await Assert.ThrowsAsync<CloudApiException>(
            () => client.SendAsync(graph.Account, "1", Hello with { CallbackData = "second" }, Token));

        Assert.Equal(SendFate.MaybeSent, failure.Fate);
        Assert.Equal(2, graph.Seen.Count);
    }

    [Fact]
    public async Task An_answer_cut_in_half_leaves_it_open()
    {
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"messages":[""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var failure = await FailAsync(graph.Address);

        Assert.Equal(CloudApiFault.ConnectionLost, failure.Fault);
        Assert.Equal(SendFate.MaybeSent, failure.Fate);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[{"id":""}]}""")]
    public async Task A_success_without_a_message_id_leaves_it_open(string answer)
    {
        await using var graph = await GraphStub.AnswerAsync(200, answer);

        var failure = await FailAsync(graph.Address);

        Assert.Equal(CloudApiFault.UnreadableAnswer, failure.Fault);
        Assert.Equal(SendFate.MaybeSent, failure.Fate);
    }

    [Theory]
    [InlineData(500, """{"error":{"code":131000,"message":"x"}}""", SendFate.MaybeSent)]
    [InlineData(500, "<html>bad gateway</html>", SendFate.MaybeSent)]
    [InlineData(502, "", SendFate.MaybeSent)]
    [InlineData(503, """{"error":{"code":2,"is_transient":true}}""", SendFate.MaybeSent)]
    [InlineData(504, """{"error":{"code":999999}}""", SendFate.MaybeSent)]
    [InlineData(400, """{"error":{"code":131000}}""", SendFate.MaybeSent)]
    [InlineData(400, """{"error":{"code":1}}""", SendFate.MaybeSent)]
    [InlineData(500, """{"error":{"code":131057}}""", SendFate.NotSent)]
    [InlineData(400, """{"error":{"code":131047}}""", SendFate.NotSent)]
    [InlineData(400, """{"error":{"code":130429}}""", SendFate.NotSent)]
    [InlineData(401, """{"error":{"code":190}}""", SendFate.NotSent)]
    [InlineData(429, "too many", SendFate.NotSent)]
    [InlineData(404, "<html>", SendFate.NotSent)]
    public async Task A_refusal_is_judged_by_status_and_code(int status, string answer, SendFate fate)
    {
        await using var graph = await GraphStub.AnswerAsync(status, answer);

        var failure = await FailAsync(graph.Address);

        Assert.Equal(CloudApiFault.Refused, failure.Fault);
        Assert.Equal(status, failure.Error.HttpStatus);
        Assert.Equal(fate, failure.Fate);
    }

    [Fact]
    public async Task A_refusal_carries_what_Meta_said_but_its_message_only_the_codes()
    {
        await using var graph = await GraphStub.AnswerAsync(
            400,
            """
            {"error":{"message":"(#131026) to 4917012345678","type":"OAuthException","code":131026,
            "error_data":{"messaging_product":"whatsapp","details":"Undeliverable to 4917012345678"},
            "error_subcode":2494010,"is_transient":true,"error_user_title":"Title","fbtrace_id":"Abc"}}
            """);

        var failure = await FailAsync(graph.Address);

        var expected = new CloudApiError(
            131026,
            2494010,
            "Title",
            "OAuthException",
            "(#131026) to 4917012345678",
            "Undeliverable to 4917012345678",
            "Abc",
            400,
            IsTransient: true);
        Assert.Equal(expected, failure.Error);
        Assert.Contains("131026", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Abc", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4917012345678", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wait_asked_for_in_seconds_or_as_a_date_comes_with_the_refusal()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        var header = "";
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });
        var client = GraphStub.NewClient(clock);

        header = "17";
        Assert.Equal(TimeSpan.FromSeconds(17), (await FailAsync(graph.Address, client)).RetryAfter);
        header = "Tue, 24 Nov 2026 12:01:00 GMT";
        Assert.Equal(TimeSpan.FromMinutes(1), (await FailAsync(graph.Address, client)).RetryAfter);
        header = "Tue, 24 Nov 2026 11:00:00 GMT";
        Assert.Equal(TimeSpan.Zero, (await FailAsync(graph.Address, client)).RetryAfter);
    }

    [Theory]
    [InlineData("""{"102":[{"estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":7}]}""", 7)]
    [InlineData("""{"102":[{"call_count":28,"estimated_time_to_regain_access":0}]}""", null)]
    [InlineData("""{"102":{}}""", null)]
    [InlineData("[]", null)]
    [InlineData("nonsense", null)]
    public async Task The_wait_of_a_used_up_account_is_in_Metas_own_header(string usage, int? minutes)
    {
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 400;
            context.Response.Headers["X-Business-Use-Case-Usage"] = usage;
            return context.Response.WriteAsync("""{"error":{"code":80007}}""");
        });

        var failure = await FailAsync(graph.Address);

        Assert.Equal(minutes is { } wait ? TimeSpan.FromMinutes(wait) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_passed_on()
    {
        using var caller = new CancellationTokenSource();
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            await caller.CancelAsync();
            await WaitForTheCallerToLeaveAsync(context);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => GraphStub.NewClient().SendAsync(graph.Account, "1", Hello, caller.Token));
    }

    private static Task<CloudApiException> FailAsync(Uri graph) => FailAsync(graph, GraphStub.NewClient());

    private static Task<CloudApiException> FailAsync(Uri graph, CloudApiClient client) =>
        Assert.ThrowsAsync<CloudApiException>(
            () => client.SendAsync(new CloudApiAccount(graph, "v26.0", "secret-token"), "1", Hello, Token));

    private static CloudApiClient Client(HttpClient http, TimeProvider clock) =>
        new(http, new CloudApiOptions(), clock);

    private static async Task WaitForTheCallerToLeaveAsync(HttpContext context)
    {
        var left = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(left.SetResult);
        await left.Task;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
