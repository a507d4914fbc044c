using Microsoft.AspNetCore.Http;

namespace WaConsole.CloudApi.Tests.Client;

public sealed class TokenTests
{
    private static readonly OutboundMessage Hello =
        new(new Recipient.Phone("+4917012345678"), new OutboundContent.Text("Hello"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_and_a_user_agent_go_with_every_call()
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"messages":[{"id":"wamid.1"}]}""");

        await GraphStub.NewClient().SendAsync(graph.Account, "1", Hello, Token);

        Assert.Equal("Bearer secret-token", graph.Only.Headers["Authorization"]);
        Assert.StartsWith("WaConsole/", graph.Only.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_accounts_in_one_program_keep_their_tokens_apart()
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"messages":[{"id":"wamid.1"}]}""");
        var client = GraphStub.NewClient();

        await client.SendAsync(graph.Account with { AccessToken = "one" }, "1", Hello, Token);
        await client.SendAsync(graph.Account with { AccessToken = "two" }, "2", Hello, Token);

        Assert.Equal(["Bearer one", "Bearer two"], graph.Seen.Select(request => request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_send_does_not_follow_a_redirect(int status)
    {
        await using var thief = await GraphStub.AnswerAsync(200, """{"messages":[{"id":"wamid.1"}]}""");
        await using var graph = await RedirectAsync(status, thief.Address);

        var failure = await Assert.ThrowsAsync<CloudApiException>(
            () => GraphStub.NewClient().SendAsync(graph.Account, "1", Hello, Token));

        Assert.Equal(CloudApiFault.UnreadableAnswer, failure.Fault);
        Assert.Equal(SendFate.NotSent, failure.Fate);
        Assert.Empty(thief.Seen);
    }

    [Fact]
    public async Task A_download_does_not_follow_a_redirect()
    {
        await using var thief = await GraphStub.AnswerAsync(200, "stolen");
        await using var graph = await RedirectAsync(302, thief.Address);

        await Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/file"), new MemoryStream(), 1000, Token));

        Assert.Empty(thief.Seen);
    }

    [Fact]
    public async Task A_media_address_on_another_host_is_not_called_at_all()
    {
        await using var thief = await GraphStub.AnswerAsync(200, "bytes");
        var account = new CloudApiAccount(new Uri("https://graph.facebook.com"), "v26.0", "secret-token");

        var failure = await Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().DownloadMediaAsync(
            account, new Uri(thief.Address, "/file"), new MemoryStream(), 1000, Token));

        Assert.Equal(CloudApiFault.ForbiddenAddress, failure.Fault);
        Assert.Empty(thief.Seen);
    }

    [Theory]
    [InlineData("https://graph.facebook.com", "https://graph.facebook.com/v26.0/1", true)]
    [InlineData("https://graph.facebook.com", "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true)]
    [InlineData("https://graph.facebook.com", "https://LOOKASIDE.fbsbx.com/x", true)]
    [InlineData("https://graph.facebook.com", "https://api.facebook.com/9/message_templates/archive", true)]
    [InlineData("https://graph.facebook.com", "https://api.facebook.com.evil.example/x", false)]
    [InlineData("https://graph.facebook.com", "http://api.facebook.com/x", false)]
    [InlineData("https://graph.facebook.com", "http://lookaside.fbsbx.com/x", false)]
    [InlineData("https://graph.facebook.com", "https://lookaside.fbsbx.com:8443/x", false)]
    [InlineData("https://graph.facebook.com", "https://lookaside.fbsbx.com.evil.example/x", false)]
    [InlineData("https://graph.facebook.com", "https://evil.example/lookaside.fbsbx.com", false)]
    [InlineData("https://graph.facebook.com", "https://lookaside.fbsbx.com@evil.example/x", false)]
    [InlineData("https://graph.facebook.com", "https://user@lookaside.fbsbx.com/x", false)]
    [InlineData("https://graph.facebook.com", "http://graph.facebook.com/x", false)]
    [InlineData("https://graph.facebook.com", "https://graph.facebook.com:444/x", false)]
    [InlineData("https://graph.facebook.com", "http://127.0.0.1/x", false)]
    [InlineData("https://graph.facebook.com", "file:///etc/passwd", false)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:6000/x", true)]
    [InlineData("https://localhost:5000", "http://localhost:6000/x", true)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.2:5000/x", false)]
    [InlineData("http://127.0.0.1:5000", "ftp://127.0.0.1:5000/x", false)]
    [InlineData("http://127.0.0.1:5000", "http://evil.example:5000/x", false)]
    public void Only_Graph_and_the_media_host_may_see_the_token(string graph, string target, bool allowed) =>
        Assert.Equal(allowed, TokenRules.MayCarryToken(new Uri(graph), new Uri(target)));

    [Fact]
    public void An_account_does_not_show_its_token()
    {
        var account = new CloudApiAccount(new Uri("https://graph.facebook.com"), "v26.0", "secret-token");

        Assert.DoesNotContain("secret-token", account.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", $"{account with { ApiVersion = "v27.0" }}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken\r\nX-Evil: 1")]
    [InlineData("pasted with its line end\n")]
    [InlineData("tökén")]
    [InlineData("two tokens")]
    public async Task What_cannot_be_a_token_is_not_sent_and_not_shown(string token)
    {
        await using var graph = await GraphStub.AnswerAsync(401, """{"error":{"code":190}}""");

        var failure = await Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().SendAsync(
            graph.Account with { AccessToken = token }, "1", Hello, Token));

        Assert.Equal(CloudApiFault.UnusableToken, failure.Fault);
        Assert.Equal(190, failure.Error.Code);
        Assert.Equal(SendFate.NotSent, failure.Fate);
        Assert.DoesNotContain(token, failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(graph.Seen);
    }

    [Theory]
    [InlineData("../me")]
    [InlineData("1/../2")]
    [InlineData("1?fields=x")]
    [InlineData("..")]
    [InlineData("")]
    public async Task An_id_cannot_change_the_address_called(string id)
    {
        await using var graph = await GraphStub.AnswerAsync(200, "{}");

        await Assert.ThrowsAsync<ArgumentException>(
            () => GraphStub.NewClient().GetMediaAsync(graph.Account, id, phoneNumberId: null, Token));

        Assert.Empty(graph.Seen);
    }

    private static Task<GraphStub> RedirectAsync(int status, Uri target) => GraphStub.StartAsync((context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = target.AbsoluteUri;
        return Task.CompletedTask;
    });
}
