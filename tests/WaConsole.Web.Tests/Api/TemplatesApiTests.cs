using System.Net;
using System.Text;
using System.Text.Json;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Api;

public sealed class TemplatesApiTests
{
    private const string Ready =
        """
        "name":"order_ready","language":"en_US","category":"UTILITY","parameterFormat":"NAMED",
        "components":[{"type":"BODY","text":"Hello {{first_name}}, your order is ready for you.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Ana"}]}}]
        """;

    [Theory, EveryDatabase]
    public async Task A_program_composes_checks_submits_reads_and_deletes_a_template(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var host = await ConsoleHost.StartAsync(provider);
        await host.Get<ConnectAccount>().RunAsync(Caller.System, TestAccount.Settings(simulator.Uri), CancellationToken.None);
        using var program = await host.ProgramAsync(Role.Marketer);
        var number = $"\"numberId\":\"{host.NumberId}\"";

        var findings = await OkAsync(program, HttpMethod.Post, "template-drafts/check", $$"""{{{number}},{{Ready.Replace("order_ready", "Order ready")}}}""");
        var finding = Assert.Single(findings.GetProperty("items").EnumerateArray(), found => found.GetProperty("severity").GetString() == "error");
        Assert.Equal("name", finding.GetProperty("field").GetString());
        Assert.Empty((await program.AskAsync("/api/v1/template-drafts").OkAsync()).GetProperty("items").EnumerateArray());

        var draft = await OkAsync(program, HttpMethod.Post, "template-drafts", $$"""{{{number}},{{Ready.Replace("order_ready", "Order ready")}}}""");
        var path = $"template-drafts/{draft.GetProperty("id").GetString()}";
        var refused = await ProblemAsync(program, HttpMethod.Post, $"{path}/submit", """{"version":1}""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal("template_rules", refused.GetProperty("code").GetString());
        Assert.Contains("name", refused.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));

        Assert.Equal(2, (await OkAsync(program, HttpMethod.Put, path, $$"""{"version":1,"optedOutOfLinkTracking":true,{{Ready}}}""")).GetProperty("version").GetInt32());
        Assert.Equal("draft_changed", (await ProblemAsync(program, HttpMethod.Put, path, $$"""{"version":1,{{Ready}}}""", HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("draft_changed", (await ProblemAsync(program, HttpMethod.Post, $"{path}/submit", """{"version":1}""", HttpStatusCode.Conflict)).GetProperty("code").GetString());
        var read = await program.AskAsync($"/api/v1/{path}").OkAsync();
        Assert.Equal("order_ready", read.GetProperty("content").GetProperty("name").GetString());
        Assert.True(read.GetProperty("content").GetProperty("optedOutOfLinkTracking").GetBoolean());
        Assert.Contains("{{first_name}}", read.GetProperty("content").GetProperty("components")[0].GetProperty("text").GetString());

        var submitted = await OkAsync(program, HttpMethod.Post, $"{path}/submit", """{"version":2}""");
        Assert.Equal("UTILITY", submitted.GetProperty("category").GetString());
        Assert.Equal("already_submitted", (await ProblemAsync(program, HttpMethod.Post, $"{path}/submit", """{"version":2}""", HttpStatusCode.Conflict)).GetProperty("code").GetString());
        var id = submitted.GetProperty("templateId").GetString();
        var template = await program.AskAsync($"/api/v1/templates/{id}").OkAsync();
        Assert.Equal(("order_ready", "en_US"), (template.GetProperty("name").GetString(), template.GetProperty("language").GetString()));
        var insight = await program.AskAsync($"/api/v1/templates/{id}/insight?days=7").OkAsync();
        Assert.Equal((0, JsonValueKind.Null), (insight.GetProperty("sent").GetInt64(), insight.GetProperty("links").ValueKind));
        var listed = (await program.AskAsync($"/api/v1/templates?search=order&numberId={host.NumberId}").OkAsync()).GetProperty("items");
        Assert.Contains(id, listed.EnumerateArray().SelectMany(name => name.GetProperty("languages").EnumerateArray()).Select(language => language.GetProperty("id").GetString()));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(program, HttpMethod.Delete, $"templates/{id}"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(program, HttpMethod.Delete, path));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(program, HttpMethod.Post, "templates/sync", $$"""{{{number}}}"""));
        Assert.Null(simulator.World.Templates.Find("order_ready", "en_US"));
    }

    [Fact]
    public async Task A_key_of_an_agent_reads_and_does_not_compose_and_faults_are_named()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var agent = await host.ProgramAsync(Role.Agent);
        using var marketer = await host.ProgramAsync(Role.Marketer);
        var body = $$"""{"numberId":"{{host.NumberId}}",{{Ready}}}""";

        Assert.Empty((await agent.AskAsync("/api/v1/templates").OkAsync()).GetProperty("items").EnumerateArray());
        foreach (var (method, path, sent) in ((HttpMethod, string, string?)[])
            [
                (HttpMethod.Post, "template-drafts", body), (HttpMethod.Post, "template-drafts/check", body), (HttpMethod.Get, "template-drafts", null),
                (HttpMethod.Post, "template-drafts/1/submit", """{"version":1}"""), (HttpMethod.Delete, "template-drafts/1", null),
                (HttpMethod.Delete, "templates/1", null), (HttpMethod.Post, "templates/1/archive", null), (HttpMethod.Post, "templates/1/unpause", null),
                (HttpMethod.Post, "templates/1/draft", null), (HttpMethod.Post, "templates/sync", $$"""{"numberId":"{{host.NumberId}}"}"""),
            ])
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(agent, method, path, sent)));
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(marketer, HttpMethod.Get, "templates/1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(marketer, HttpMethod.Get, "templates/x/insight"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(marketer, HttpMethod.Get, "templates?limit=0"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(marketer, HttpMethod.Get, "templates?numberId=99"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(marketer, HttpMethod.Post, "template-drafts", $$"""{"numberId":"99",{{Ready}}}"""));
        var wrong = await ProblemAsync(
            marketer, HttpMethod.Post, "template-drafts", """{"numberId":"1","parameterFormat":"WORDS","components":"none","media":["x"]}""", HttpStatusCode.BadRequest);
        Assert.Equal(["parameterFormat", "components"], wrong.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
        var files = await ProblemAsync(
            marketer, HttpMethod.Post, "template-drafts", $$"""{"media":["x","7"],"numberId":"{{host.NumberId}}",{{Ready}}}""", HttpStatusCode.BadRequest);
        Assert.Equal(["media[0]", "media"], files.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path, string? body = null)
    {
        using var answer = await SendAsync(client, method, path, body);
        return answer.StatusCode;
    }

    private static Task<JsonElement> OkAsync(HttpClient client, HttpMethod method, string path, string body) => ProblemAsync(client, method, path, body, HttpStatusCode.OK);

    private static async Task<JsonElement> ProblemAsync(HttpClient client, HttpMethod method, string path, string body, HttpStatusCode expected)
    {
        using var answer = await SendAsync(client, method, path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }
}
