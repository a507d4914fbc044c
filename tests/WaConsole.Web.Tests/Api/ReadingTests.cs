using System.Text.Json;
using Npgsql;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Api;

public sealed class ReadingTests
{
    [Theory, EveryDatabase]
    public async Task Conversations_have_the_promised_shape_and_page_to_the_end(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        var expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(3);
        for (var i = 0; i < 5; i++)
        {
            await new SeedConversation
            {
                NumberId = host.NumberId,
                Name = $"Customer {i}",
                Phone = $"49151000{i}",
                Username = "cust",
                Unread = i,
                WindowExpiresAtUtc = i == 0 ? expires : null,
                Status = i == 4 ? ConversationStatus.Resolved : ConversationStatus.Open,
                Texts = [$"word{i}"],
            }.WriteAsync(host.Store);
        }

        List<string?> ids = [];
        JsonElement page;
        string? next = null;
        do
        {
            page = await crm.AskAsync($"/api/v1/conversations?limit=2{(next is null ? "" : $"&cursor={next}")}").OkAsync();
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(["5", "4", "3", "2", "1"], ids);
        var last = page.GetProperty("items")[0];
        Assert.Equal(["id", "status", "unread", "lastMessageAt", "number", "contact", "window", "labels", "assignee", "snoozedUntil"], last.Names());
        Assert.Equal(["id", "displayPhoneNumber"], last.GetProperty("number").Names());
        Assert.Equal(["id", "name", "phone", "userId", "username"], last.GetProperty("contact").Names());
        Assert.Equal(("Customer 0", "491510000"), (
            last.GetProperty("contact").GetProperty("name").GetString(), last.GetProperty("contact").GetProperty("phone").GetString()));
        Assert.Equal("open", last.GetProperty("window").GetProperty("state").GetString());
        Assert.EndsWith("Z", last.GetProperty("window").GetProperty("expiresAt").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await crm.AskAsync("/api/v1/conversations?status=resolved").OkAsync()).GetProperty("items").GetArrayLength());
        var found = await crm.AskAsync("/api/v1/conversations?search=word3").OkAsync();
        Assert.Equal("never", found.GetProperty("items")[0].GetProperty("window").GetProperty("state").GetString());
    }

    [Theory, InlineData(""), InlineData("?search=word")]
    public async Task A_list_that_takes_too_long_is_refused_and_not_shown_as_empty(string question)
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, "Needs a table that can be kept from readers.");
        await using var host = await ConsoleHost.StartAsync(
            DatabaseProvider.Postgres, new Dictionary<string, string> { ["Database:ReadLimitSeconds"] = "0.1" });
        using var crm = await host.ProgramAsync();
        await new SeedConversation { NumberId = host.NumberId, Texts = ["word"] }.WriteAsync(host.Store);
        Assert.Equal(1, (await crm.AskAsync("/api/v1/conversations").OkAsync()).GetProperty("items").GetArrayLength());

        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new NpgsqlCommand("LOCK TABLE \"Conversations\"", connection);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            Assert.Equal((503, "too_slow"), await (await crm.AskAsync("/api/v1/conversations" + question)).RefusalAsync());
        }
    }

    [Fact]
    public async Task Messages_are_newest_first_and_found_by_their_wamid()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var id = await new SeedConversation { NumberId = host.NumberId, Texts = ["one", "two", "three"] }.WriteAsync(host.Store);

        var first = await crm.AskAsync($"/api/v1/conversations/{id}/messages?limit=2").OkAsync();
        var second = await crm.AskAsync($"/api/v1/conversations/{id}/messages?limit=2&before={first.GetProperty("next").GetString()}").OkAsync();
        var message = first.GetProperty("items")[0];
        var byWamid = await crm.AskAsync($"/api/v1/messages?wamid={message.GetProperty("wamid").GetString()}").OkAsync();

        Assert.Equal(["three", "two"], Texts(first));
        Assert.Equal(["one"], Texts(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(
            ["id", "conversationId", "wamid", "direction", "kind", "text", "status", "sentAt", "error", "media", "replyTo", "reactions"],
            message.Names());
        Assert.Equal(("inbound", "text"), (message.GetProperty("direction").GetString(), message.GetProperty("kind").GetString()));
        Assert.Equal(message.GetRawText(), byWamid.GetRawText());

        static IEnumerable<string?> Texts(JsonElement page) =>
            page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Numbers_and_intake_are_told()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();

        var numbers = (await crm.AskAsync("/api/v1/numbers").OkAsync()).GetProperty("items");
        var intake = await crm.AskAsync("/api/v1/intake").OkAsync();

        Assert.Equal(2, numbers.GetArrayLength());
        Assert.Contains(TestAccount.PhoneNumberId, numbers.EnumerateArray().Select(n => n.GetProperty("phoneNumberId").GetString()));
        Assert.Equal(
            ["received", "stored", "duplicates", "parked", "quarantined", "pending", "oldestPendingSeconds", "numbers"], intake.Names());
    }

    [Theory]
    [InlineData("/api/v1/conversations?limit=0", 400, "invalid_request")]
    [InlineData("/api/v1/conversations?limit=101", 400, "invalid_request")]
    [InlineData("/api/v1/conversations?limit=ten", 400, "invalid_request")]
    [InlineData("/api/v1/conversations?status=asleep", 400, "invalid_request")]
    [InlineData("/api/v1/conversations?numberId=x", 400, "invalid_request")]
    [InlineData("/api/v1/conversations?cursor=x", 400, "invalid_cursor")]
    [InlineData("/api/v1/conversations/99/messages", 404, "not_found")]
    [InlineData("/api/v1/conversations/x/messages", 404, "not_found")]
    [InlineData("/api/v1/conversations/1/messages?before=x", 400, "invalid_request")]
    [InlineData("/api/v1/messages", 400, "invalid_request")]
    [InlineData("/api/v1/messages?wamid=none", 404, "not_found")]
    [InlineData("/api/v1/messages?wamid=a%00b", 404, "not_found")]
    [InlineData("/api/v1/nothing", 404, "not_found")]
    public async Task A_wrong_question_is_refused_with_a_code(string path, int status, string code)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();

        Assert.Equal((status, code), await crm.AskAsync(path).RefusalAsync());
    }

    [Fact]
    public async Task Without_a_valid_key_nothing_is_told()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (key, id) = await SeedApiKey.WriteAsync(host.Store);
        using var anonymous = host.Anonymous();
        using var unknown = host.WithKey("wac_unknown");
        using var known = host.WithKey(key);
        using var person = await host.PersonAsync(await new SeedAgent("Ana").WriteAsync(host.Store));

        await known.AskAsync("/api/v1/conversations").OkAsync();
        await host.Get<RevokeApiKey>().RunAsync(Caller.System, id, CancellationToken.None);

        foreach (var client in (HttpClient[])[anonymous, unknown, known, person])
        {
            Assert.Equal((401, "unauthorized"), await client.AskAsync("/api/v1/conversations").RefusalAsync());
            Assert.Equal((401, "unauthorized"), await client.SendAsync("/api/v1/messages", "{}").RefusalAsync());
        }
    }

    [Fact]
    public async Task A_marketing_key_does_not_reach_the_inbox()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        var id = await new SeedConversation { NumberId = host.NumberId }.WriteAsync(host.Store);

        Assert.Equal((403, "forbidden"), await marketer.AskAsync("/api/v1/conversations").RefusalAsync());
        Assert.Equal((403, "forbidden"), await marketer.AskAsync($"/api/v1/conversations/{id}/messages").RefusalAsync());
        Assert.Equal(
            (403, "forbidden"), await marketer.SendAsync($"/api/v1/conversations/{id}/messages", """{"type":"text","text":"x"}""").RefusalAsync());
        Assert.Equal((403, "forbidden"), await marketer.AskAsync("/api/v1/messages?wamid=x").RefusalAsync());
    }

    [Fact]
    public async Task One_key_may_ask_so_much_and_another_is_not_hindered()
    {
        await using var host = await ConsoleHost.StartAsync(
            settings: new Dictionary<string, string> { ["Api:Burst"] = "3", ["Api:RequestsPerSecond"] = "1" });
        using var busy = await host.ProgramAsync();
        using var quiet = await host.ProgramAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => busy.AskAsync("/api/v1/numbers")));
        var refused = answers.First(answer => (int)answer.StatusCode == 429);

        Assert.Equal((429, "rate_limited"), await refused.RefusalAsync());
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        await quiet.AskAsync("/api/v1/numbers").OkAsync();
    }

    [Fact]
    public async Task The_description_names_every_endpoint_its_key_and_its_refusals()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var anonymous = host.Anonymous();

        var document = await anonymous.AskAsync("/openapi/v1.json").OkAsync();

        Assert.Equal(
            [
                "/api/v1/canned-replies", "/api/v1/canned-replies/{id}", "/api/v1/contact-fields", "/api/v1/contacts", "/api/v1/contacts/{id}",
                "/api/v1/contacts/{id}/labels", "/api/v1/contacts/{id}/opt-ins", "/api/v1/contacts/{id}/opt-out-link", "/api/v1/contacts/{id}/opt-outs",
                "/api/v1/conversations", "/api/v1/conversations/actions", "/api/v1/conversations/{id}/assignee",
                "/api/v1/conversations/{id}/labels", "/api/v1/conversations/{id}/messages", "/api/v1/conversations/{id}/notes",
                "/api/v1/conversations/{id}/read", "/api/v1/conversations/{id}/status", "/api/v1/conversations/{id}/unread", "/api/v1/intake",
                "/api/v1/labels", "/api/v1/labels/{id}", "/api/v1/library", "/api/v1/library/{id}",
                "/api/v1/media", "/api/v1/messages", "/api/v1/messages/bulk", "/api/v1/notices", "/api/v1/numbers", "/api/v1/numbers/{id}/agents",
                "/api/v1/opt-in-imports", "/api/v1/opt-in-imports/{id}", "/api/v1/opt-in-imports/{id}/check", "/api/v1/opt-in-imports/{id}/left-out",
                "/api/v1/opt-in-imports/{id}/start",
                "/api/v1/template-drafts", "/api/v1/template-drafts/check", "/api/v1/template-drafts/{id}", "/api/v1/template-drafts/{id}/submit",
                "/api/v1/template-drafts/{id}/versions/{version}", "/api/v1/templates", "/api/v1/templates/sync", "/api/v1/templates/{id}",
                "/api/v1/templates/{id}/archive", "/api/v1/templates/{id}/draft", "/api/v1/templates/{id}/insight", "/api/v1/templates/{id}/unarchive",
                "/api/v1/templates/{id}/unpause", "/api/v1/views",
                "/api/v1/views/{id}",
            ],
            document.GetProperty("paths").Names().Order(StringComparer.Ordinal));
        Assert.Equal(
            "X-Api-Key",
            document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
        var send = document.GetProperty("paths").GetProperty("/api/v1/messages").GetProperty("post");
        Assert.Equal(["202", "400", "401", "403", "409", "413", "415", "422", "429"], send.GetProperty("responses").Names().Order());
        var body = send.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Assert.Equal(["text", "image", "interactive", "template", "namedTemplate"], body.GetProperty("examples").Names());
        Assert.Contains("Idempotency-Key", send.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        var note = document.GetProperty("paths").GetProperty("/api/v1/conversations/{id}/notes").GetProperty("post");
        Assert.Contains("Idempotency-Key", note.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Contains("mediaId", body.GetProperty("schema").GetProperty("properties").Names());
        Assert.Contains("window", document.GetProperty("components").GetProperty("schemas").GetProperty("ApiConversation").GetProperty("properties").Names());
    }
}
