using System.Net;
using System.Text;
using System.Text.Json;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Api;

public sealed class ContactsApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_program_names_a_contact_fills_in_fields_and_labels_it(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        await new SeedConversation { NumberId = host.NumberId, Name = "~mina~", Phone = "4915112340001" }.WriteAsync(host.Store);
        var size = Assert.IsType<SaveContactFieldOutcome.Saved>(await host.Get<SaveContactField>().RunAsync(
            Caller.System, new ContactFieldDraft(null, "Size", ContactFieldType.Number, []), Token)).Field.Id;

        var row = (await crm.AskAsync("/api/v1/contacts?search=mina").OkAsync()).GetProperty("items")[0];
        Assert.Equal(
            ["id", "name", "phone", "userId", "username", "country", "labels", "since", "lastMessageAt", "optedOutAt", "blockedAt", "window"], row.Names());
        var id = row.GetProperty("id").GetString();
        var label = (await SendAsync(crm, HttpMethod.Post, "labels", """{"name":"VIP","colour":"amber"}""")).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Post, $"contacts/{id}/labels", $$"""{"add":["{{label}}"]}"""));
        var changed = await SendAsync(crm, HttpMethod.Patch, $"contacts/{id}", $$$"""{"name":"Amina Said","fields":{"{{{size}}}":"43.5"}}""");

        Assert.Equal("Amina Said", changed.GetProperty("name").GetString());
        Assert.Equal("~mina~", changed.GetProperty("profileName").GetString());
        Assert.Equal(label, changed.GetProperty("labels")[0].GetString());
        Assert.Equal("43.5", changed.GetProperty("fields")[0].GetProperty("value").GetString());
        Assert.Equal(1, (await crm.AskAsync($"/api/v1/contacts?labelId={label}").OkAsync()).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await crm.AskAsync("/api/v1/contacts?only=blocked").OkAsync()).GetProperty("items").GetArrayLength());

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(crm, HttpMethod.Post, "conversations/1/labels", $$"""{"add":["{{label}}"]}"""));
        var thread = (await crm.AskAsync($"/api/v1/conversations?labelId={label}").OkAsync()).GetProperty("items")[0];
        Assert.Equal(("1", label), (thread.GetProperty("id").GetString(), thread.GetProperty("labels")[0].GetString()));
        Assert.Equal(0, (await crm.AskAsync("/api/v1/conversations?labelId=99").OkAsync()).GetProperty("items").GetArrayLength());

        var luz = await SendAsync(crm, HttpMethod.Post, "contacts", """{"phone":"+55 11 98765-4321","name":"Luz"}""");
        var again = await SendAsync(crm, HttpMethod.Post, "contacts", """{"phone":"551187654321","name":"Other"}""");
        Assert.Equal((luz.GetProperty("id").GetString(), "Luz"), (again.GetProperty("id").GetString(), again.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_code()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        await new SeedConversation { NumberId = host.NumberId }.WriteAsync(host.Store);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Get, "contacts?only=nobody"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Get, "contacts?cursor=x"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(crm, HttpMethod.Get, "contacts/77"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Patch, "contacts/1", """{"nmae":"x"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(crm, HttpMethod.Patch, "contacts/1", """{"fields":{"99":"x"}}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(crm, HttpMethod.Post, "contacts", """{"phone":"call me"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(crm, HttpMethod.Post, "labels", """{"name":" "}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(crm, HttpMethod.Post, "labels", """{"name":"x","colour":"3"}"""));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(crm, HttpMethod.Delete, "labels/9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(crm, HttpMethod.Post, "conversations/1/labels", """{"add":["9"]}"""));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(crm, HttpMethod.Post, "conversations/9/labels", """{"add":[]}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, HttpMethod.Patch, "contacts/1", """{"name":"x"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, HttpMethod.Post, "labels", """{"name":"x"}"""));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(marketer, HttpMethod.Get, "contacts"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path, string? json = null)
    {
        using var answer = await AnswerAsync(client, method, path, json);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, string json)
    {
        using var answer = await AnswerAsync(client, method, path, json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Token));
        return document.RootElement.Clone();
    }

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient client, HttpMethod method, string path, string? json)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return client.SendAsync(request, Token);
    }
}
