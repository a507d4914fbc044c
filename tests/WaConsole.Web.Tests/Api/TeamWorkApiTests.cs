using System.Net;
using System.Text;
using System.Text.Json;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Api;

public sealed class TeamWorkApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_program_hands_over_snoozes_notes_and_resolves(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync(Role.Agent);
        var ana = await new SeedAgent("Ana").WriteAsync(host.Store);
        await new SeedConversation { NumberId = host.NumberId, Unread = 2, Texts = ["Hello"] }.WriteAsync(host.Store);
        var agent = Assert.Single((await crm.AskAsync($"/api/v1/numbers/{host.NumberId}/agents").OkAsync()).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal((ana.AgentId.ToString(), "Ana"), (agent.GetProperty("id").GetString(), agent.GetProperty("name").GetString()));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Put, "conversations/1/assignee", $$"""{"agentId":"{{ana.AgentId}}"}"""));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Put, "conversations/1/status", """{"status":"snoozed","until":"2126-11-27T09:00:00+01:00"}"""));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Post, "conversations/1/read"));
        var row = (await crm.AskAsync("/api/v1/conversations?status=snoozed").OkAsync()).GetProperty("items")[0];
        Assert.Equal("Ana", row.GetProperty("assignee").GetProperty("name").GetString());
        Assert.Equal(new DateTime(2126, 11, 27, 8, 0, 0, DateTimeKind.Utc), row.GetProperty("snoozedUntil").GetDateTime());
        Assert.Equal(0, row.GetProperty("unread").GetInt32());

        var note = await NoteAsync(crm, "k1", "@Ana is a wholesale customer");
        Assert.Equal(note, await NoteAsync(crm, "k1", "@Ana is a wholesale customer"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "note_refused"), await NoteAsync(crm, "k1", "something else"));
        Assert.Equal(HttpStatusCode.OK, note.Status);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Put, "conversations/1/status", """{"status":"resolved"}"""));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Delete, "conversations/1/assignee"));
        var lines = (await crm.AskAsync("/api/v1/conversations/1/messages").OkAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["activity", "activity", "note", "activity", "activity", "text"], lines.Select(line => line.GetProperty("kind").GetString()));
        var told = await host.Get<WaConsole.Core.Notifications.ListNotifications>().RunAsync(ana, Token);
        Assert.Equal(2, told.Unread);
    }

    [Theory, EveryDatabase]
    public async Task A_program_says_that_another_channel_told_somebody_and_every_fault_of_it_is_named(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync(Role.Agent);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(
            crm, HttpMethod.Post, "notices",
            $$$"""{"numberId":"{{{host.NumberId}}}","to":"+1 213 555 0123","channel":"e-mail","template":"order_ready","parameters":{"body":["Ana","Friday"]},"at":"2026-11-20T10:00:00Z"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Post, "notices", """{"template":"order_ready"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(
            crm, HttpMethod.Post, "notices", """{"numberId":"9999","to":"+1 213 555 0123","channel":"e-mail","template":"order_ready"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(
            crm, HttpMethod.Post, "notices", $$"""{"numberId":"{{host.NumberId}}","to":"+1 2","channel":"e-mail","template":"order_ready"}"""));
    }

    [Theory, EveryDatabase]
    public async Task A_program_acts_on_several_conversations_at_once(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync(Role.Agent);
        var ana = await new SeedAgent("Ana").WriteAsync(host.Store);
        await new SeedConversation { NumberId = host.NumberId, Unread = 2, Texts = ["Hello"] }.WriteAsync(host.Store);
        await new SeedConversation { NumberId = host.NumberId, Name = "Bruno", Texts = ["Good day"] }.WriteAsync(host.Store);

        await DoesAsync($$$"""{"assign":{"agentId":"{{{ana.AgentId}}}"}}""", row => Assert.Equal("Ana", row.GetProperty("assignee").GetProperty("name").GetString()));
        await DoesAsync("""{"assign":{}}""", row => Assert.Equal(JsonValueKind.Null, row.GetProperty("assignee").ValueKind));
        await DoesAsync("""{"read":true}""", row => Assert.Equal(0, row.GetProperty("unread").GetInt32()));
        await DoesAsync("""{"read":false}""", row => Assert.Equal(1, row.GetProperty("unread").GetInt32()));
        await DoesAsync("""{"status":{"status":"resolved"}}""", row => Assert.Equal("resolved", row.GetProperty("status").GetString()));

        foreach (var wrong in (string[])["{}", """{"read":true,"assign":{}}""", """{"status":{"status":"gone"}}""", """{"status":{"status":"open","until":"2126-11-27T09:00:00Z"}}""", """{"labels":{"add":["vip"]}}"""])
        {
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Post, "conversations/actions", Body("\"1\"", wrong)));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Post, "conversations/actions", Body("", """{"read":true}""")));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Post, "conversations/1/unread"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(crm, HttpMethod.Post, "conversations/99/unread"));

        async Task DoesAsync(string act, Action<JsonElement> holds)
        {
            var answer = await JsonAsync(crm, HttpMethod.Post, "conversations/actions", Body("\"1\",\"2\",\"99\"", act));
            Assert.Equal(["1", "2"], answer.GetProperty("done").EnumerateArray().Select(id => id.GetString()));
            Assert.Equal("99", Assert.Single(answer.GetProperty("notDone").EnumerateArray().ToList()).GetProperty("conversationId").GetString());
            var rows = (await crm.AskAsync("/api/v1/conversations").OkAsync()).GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(2, rows.Count);
            Assert.All(rows, holds);
        }

        static string Body(string ids, string act) => $$"""{"conversationIds":[{{ids}}],{{act[1..]}}""".Replace(",}", "}", StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_program_searches_within_bounds(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync(Role.Agent);
        await new SeedConversation { NumberId = host.NumberId, Texts = ["the invoice"] }.WriteAsync(host.Store);

        Assert.Equal(1, await FoundAsync("search=invoice&kind=text&from=2026-11-24T09:00:00Z"));
        Assert.Equal(0, await FoundAsync("search=invoice&kind=image"));
        Assert.Equal(0, await FoundAsync("search=invoice&before=2026-11-24T09:00:00Z"));
        Assert.Equal(0, await FoundAsync("search=invoice&agentId=7"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Get, "conversations?search=invoice&kind=smoke"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Get, "conversations?search=invoice&from=lately"));

        async Task<int> FoundAsync(string query) =>
            (await crm.AskAsync($"/api/v1/conversations?{query}").OkAsync()).GetProperty("items").GetArrayLength();
    }

    [Theory, EveryDatabase]
    public async Task Canned_replies_and_views_of_everybody_are_for_admins_to_change_and_for_agents_to_read(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var admin = await host.ProgramAsync();
        using var agent = await host.ProgramAsync(Role.Agent);
        using var marketer = await host.ProgramAsync(Role.Marketer);

        const string reply = """{"shortcut":"/hours","text":"Open 9 to 18, {{first_name|there}}"}""";
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(agent, HttpMethod.Post, "canned-replies", reply));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, HttpMethod.Get, "canned-replies"));
        var id = (await JsonAsync(admin, HttpMethod.Post, "canned-replies", reply)).GetProperty("id").GetString();
        await JsonAsync(admin, HttpMethod.Put, $"canned-replies/{id}", """{"shortcut":"hours","text":"Open 9 to 17"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(admin, HttpMethod.Post, "canned-replies", """{"shortcut":"HOURS","text":"again"}"""));
        var kept = Assert.Single((await agent.AskAsync("/api/v1/canned-replies").OkAsync()).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(("hours", "Open 9 to 17"), (kept.GetProperty("shortcut").GetString(), kept.GetProperty("text").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(agent, HttpMethod.Delete, $"canned-replies/{id}"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(admin, HttpMethod.Delete, $"canned-replies/{id}"));

        var view = (await JsonAsync(admin, HttpMethod.Post, "views", """{"name":"Closing","sort":"closing","tab":"unassigned","search":"a&b"}""")).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(agent, HttpMethod.Post, "views", """{"name":"Mine"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(admin, HttpMethod.Post, "views", """{"name":"x","sort":"sideways"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(admin, HttpMethod.Post, "views", """{"name":"x","labelId":"vip"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(admin, HttpMethod.Post, "views", """{"name":" "}"""));
        var saved = Assert.Single((await agent.AskAsync("/api/v1/views").OkAsync()).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal("?tab=unassigned&sort=closing&q=a%26b", saved.GetProperty("query").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(agent, HttpMethod.Delete, $"views/{view}"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(admin, HttpMethod.Delete, $"views/{view}"));
    }

    [Theory, EveryDatabase]
    public async Task A_file_of_the_library_is_added_once_listed_for_every_key_and_deleted_by_an_admin(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var admin = await host.ProgramAsync();
        using var agent = await host.ProgramAsync(Role.Agent);
        using var marketer = await host.ProgramAsync(Role.Marketer);
        using var file = new ByteArrayContent("%PDF-1.7 prices"u8.ToArray());
        using var form = new MultipartFormDataContent { { file, "file", "prices.pdf" } };
        using var upload = await agent.PostAsync("/api/v1/media", form, Token);
        using var stored = JsonDocument.Parse(await upload.Content.ReadAsStreamAsync(Token));
        var media = stored.RootElement.GetProperty("mediaId").GetString();
        var wish = $$"""{"mediaId":"{{media}}","name":"Price list"}""";

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(agent, HttpMethod.Post, "library", """{"name":"no file"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(admin, HttpMethod.Post, "library", wish));
        var id = (await JsonAsync(agent, HttpMethod.Post, "library", wish)).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(agent, HttpMethod.Post, "library", wish));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(marketer, HttpMethod.Get, "library"));

        var kept = Assert.Single((await admin.AskAsync("/api/v1/library").OkAsync()).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(
            (media, "Price list", "document", "prices.pdf"),
            (Said("mediaId"), Said("name"), Said("type"), Said("fileName")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(agent, HttpMethod.Delete, $"library/{id}"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(admin, HttpMethod.Delete, $"library/{id}"));
        Assert.Empty((await agent.AskAsync("/api/v1/library").OkAsync()).GetProperty("items").EnumerateArray());

        string? Said(string field) => kept.GetProperty(field).GetString();
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_code()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        await new SeedConversation { NumberId = host.NumberId }.WriteAsync(host.Store);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Put, "conversations/1/assignee", """{}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(crm, HttpMethod.Put, "conversations/1/assignee", """{"agentId":"99"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Put, "conversations/1/status", """{"status":"2"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Put, "conversations/1/status", """{"status":"open","until":"2026-12-01T09:00:00Z"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(crm, HttpMethod.Post, "conversations/1/notes", """{"text":" "}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Post, "conversations/1/notes", """{"txt":"x"}"""));
        foreach (var (method, path, body) in ((HttpMethod, string, string?)[])
        [
            (HttpMethod.Delete, "conversations/9/assignee", null), (HttpMethod.Post, "conversations/9/read", null),
            (HttpMethod.Put, "conversations/9/status", """{"status":"open"}"""), (HttpMethod.Post, "conversations/9/notes", """{"text":"x"}"""),
            (HttpMethod.Put, "canned-replies/9", """{"shortcut":"x","text":"y"}"""),
        ])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(crm, method, path, body));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, HttpMethod.Post, "conversations/1/notes", """{"text":"x"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, HttpMethod.Put, "conversations/1/status", """{"status":"open"}"""));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(crm, HttpMethod.Get, "numbers/77/agents"));
    }

    /// <returns>The id, or the code of the refusal.</returns>
    private static async Task<(HttpStatusCode Status, string? Said)> NoteAsync(HttpClient client, string key, string text)
    {
        using var request = Request(HttpMethod.Post, "conversations/1/notes", JsonSerializer.Serialize(new { text }));
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request, Token);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Token));
        return (answer.StatusCode, document.RootElement.GetProperty(answer.IsSuccessStatusCode ? "id" : "code").GetString());
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path, string? json = null)
    {
        using var request = Request(method, path, json);
        using var answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, HttpMethod method, string path, string json)
    {
        using var request = Request(method, path, json);
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Token));
        return document.RootElement.Clone();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? json) => new(method, $"/api/v1/{path}")
    {
        Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
    };
}
