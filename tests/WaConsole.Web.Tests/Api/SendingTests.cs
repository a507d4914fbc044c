using System.Net;
using System.Text.Json;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Api;

public sealed class SendingTests
{
    [Theory, EveryDatabase]
    public async Task The_same_key_at_the_same_time_is_one_message(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        using var other = await host.ProgramAsync();
        var path = $"/api/v1/conversations/{await OpenAsync(host)}/messages";
        const string body = """{"type":"text","text":"Your order is ready."}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => crm.SendAsync(path, body, "order-1").OkAsync(202)));
        var ids = answers.Select(answer => answer.GetProperty("id").GetString()).Distinct().ToList();

        Assert.Single(ids);
        Assert.Equal(["id", "status"], answers[0].Names());
        Assert.Equal((422, "idempotency_key_reused"), await crm.SendAsync(path, """{"type":"text","text":"Another"}""", "order-1").RefusalAsync());
        Assert.NotEqual(ids[0], (await other.SendAsync(path, body, "order-1").OkAsync(202)).GetProperty("id").GetString());
        Assert.NotEqual(ids[0], (await crm.SendAsync(path, body, "order-2").OkAsync(202)).GetProperty("id").GetString());
        Assert.NotEqual(
            (await crm.SendAsync(path, body).OkAsync(202)).GetProperty("id").GetString(),
            (await crm.SendAsync(path, body).OkAsync(202)).GetProperty("id").GetString());
        Assert.Equal(5, (await crm.AskAsync(path).OkAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_closed_window_is_refused_for_a_conversation_and_for_a_person()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var id = await new SeedConversation { NumberId = host.NumberId, Phone = "4915112345678" }.WriteAsync(host.Store);

        Assert.Equal(
            (422, "window_closed"),
            await crm.SendAsync($"/api/v1/conversations/{id}/messages", """{"type":"text","text":"Hello"}""").RefusalAsync());
        Assert.Equal(
            (422, "window_closed"),
            await crm.SendAsync(
                "/api/v1/messages", $$"""{"to":"+49 151 12345678","numberId":"{{host.NumberId}}","type":"text","text":"Hello"}""").RefusalAsync());
        Assert.Equal(
            (422, "template_not_found"),
            await crm.SendAsync(
                "/api/v1/messages",
                $$"""{"to":"+49 151 12345678","numberId":"{{host.NumberId}}","type":"template","name":"none","language":"en"}""").RefusalAsync());
        Assert.Equal(
            (422, "invalid_phone"),
            await crm.SendAsync("/api/v1/messages", $$"""{"to":"12","numberId":"{{host.NumberId}}","type":"text","text":"Hello"}""").RefusalAsync());
    }

    [Theory]
    [InlineData("""{"kind":"buttons","body":"Keep it?","header":"Order","footer":"Oak","options":[{"id":"k","title":"Yes"},{"title":"No"}]}""", null)]
    [InlineData("""{"kind":"list","body":"Pick","label":"Open","sections":[{"title":"A","options":[{"title":"1","description":"One"}]}]}""", null)]
    [InlineData("""{"kind":"link","body":"Track","label":"Track","url":"https://example.test/1"}""", null)]
    [InlineData("""{"kind":"location_request","body":"Where?"}""", null)]
    [InlineData("""{"kind":"contact_request","body":"Your number?"}""", null)]
    [InlineData("""{"kind":"product","catalogueId":"1","productId":"WAX-SET"}""", null)]
    [InlineData("""{"kind":"product_list","header":"Care","body":"Picks","catalogueId":"1","sections":[{"productIds":["WAX-SET"]}]}""", null)]
    [InlineData("""{"kind":"catalogue","body":"All of it","productId":"WAX-SET"}""", null)]
    [InlineData("null", "interactive")]
    [InlineData("""{"kind":"carousel","body":"x"}""", "interactive.kind")]
    [InlineData("""{"kind":"buttons","body":"Keep it?","options":[{"title":"Yes"},{"title":"Yes"}]}""", "interactive.options.1.title")]
    [InlineData("""{"kind":"buttons","body":"Keep it?","options":[null],"headerMediaId":"x"}""", "interactive.headerMediaId")]
    [InlineData("""{"kind":"list","body":"Pick","label":"Open","sections":[null]}""", "interactive.sections")]
    [InlineData("""{"kind":"product","catalogueId":"1"}""", "interactive.productId")]
    public async Task Something_to_tap_is_queued_or_refused_by_field(string interactive, string? field)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var path = $"/api/v1/conversations/{await OpenAsync(host)}/messages";
        var body = $$"""{"type":"interactive","interactive":{{interactive}}}""";

        if (field is null)
        {
            Assert.Equal("queued", (await crm.SendAsync(path, body).OkAsync(202)).GetProperty("status").GetString());
            return;
        }

        using var answer = await crm.SendAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Contains(field, problem.GetProperty("errors").ToString(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Zeros_and_halves_of_characters_are_refused_or_left_out_and_never_a_fault(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        var path = $"/api/v1/conversations/{await OpenAsync(host)}/messages";

        Assert.Equal((400, "invalid_request"), await crm.SendAsync(path, """{"type":"text","text":"\ud800"}""").RefusalAsync());
        Assert.Equal(
            (400, "invalid_request"),
            await crm.SendAsync(path, """{"type":"template","name":"a","language":"en","parameters":{"body":["\ud800"]}}""").RefusalAsync());
        Assert.Equal(
            (400, "invalid_request"),
            await crm.SendAsync(path, """{"type":"template","name":"a","language":"en","parameters":{"body":{"\udc00":"x"}}}""").RefusalAsync());
        Assert.Equal(
            (422, "template_not_found"), await crm.SendAsync(path, """{"type":"template","name":"a\u0000","language":"e\u0000n"}""").RefusalAsync());
        await crm.SendAsync(path, """{"type":"text","text":"a\u0000b"}""").OkAsync(202);
    }

    [Theory]
    [InlineData("", "invalid_request")]
    [InlineData("[]", "invalid_request")]
    [InlineData("{", "invalid_request")]
    [InlineData("null", "invalid_request")]
    [InlineData("{}", "invalid_request")]
    [InlineData("""{"type":"hologram"}""", "invalid_request")]
    [InlineData("""{"type":"text"}""", "invalid_request")]
    [InlineData("""{"type":"text","text":7}""", "invalid_request")]
    [InlineData("""{"type":"text","text":"x","txet":"y"}""", "invalid_request")]
    [InlineData("""{"type":"text","text":"x","to":"+49"}""", "invalid_request")]
    [InlineData("""{"type":"image"}""", "invalid_request")]
    [InlineData("""{"type":"image","mediaId":17}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n"}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"body":"x"}}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"body":[1]}}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"buttons":{"x":"y"}}}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"files":{"card.0.header.media":"x"}}}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"products":[{"title":"Boots"}]}}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"body":["Ada"],"fields":{"body.1":"Bo"}}}""", "invalid_request")]
    [InlineData("""{"type":"template","name":"n","language":"en","parameters":{"header":{"latitude":91,"longitude":0}}}""", "invalid_request")]
    public async Task A_body_that_is_not_right_is_refused_and_nothing_is_queued(string body, string code)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var path = $"/api/v1/conversations/{await OpenAsync(host)}/messages";

        Assert.Equal((400, code), await crm.SendAsync(path, body).RefusalAsync());
        Assert.Equal(0, (await crm.AskAsync(path).OkAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_is_not_json_too_long_or_has_no_conversation_is_refused()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var path = $"/api/v1/conversations/{await OpenAsync(host)}/messages";
        const string body = """{"type":"text","text":"x"}""";

        Assert.Equal((415, "unsupported_media_type"), await crm.UploadAsync(path, new StringContent(body)).RefusalAsync());
        Assert.Equal((413, "too_large"), await crm.SendAsync(path, $$"""{"type":"text","text":"{{new string('x', 200_000)}}"}""").RefusalAsync());
        Assert.Equal((422, "text_too_long"), await crm.SendAsync(path, $$"""{"type":"text","text":"{{new string('x', 4_097)}}"}""").RefusalAsync());
        Assert.Equal((404, "not_found"), await crm.SendAsync("/api/v1/conversations/999/messages", body).RefusalAsync());
        Assert.Equal((400, "invalid_request"), await crm.SendAsync(path, body, new string('k', 256)).RefusalAsync());
        Assert.Equal(
            (422, "media_not_found"), await crm.SendAsync(path, """{"type":"image","mediaId":"999"}""").RefusalAsync());
        Assert.Equal((400, "invalid_request"), await crm.SendAsync("/api/v1/messages", body).RefusalAsync());
        Assert.Equal(
            (400, "invalid_request"),
            await crm.SendAsync("/api/v1/messages", """{"type":"text","text":"x","to":"+49","userId":"DE.1","numberId":"1"}""").RefusalAsync());
    }

    [Theory, EveryDatabase]
    public async Task Many_are_queued_or_refused_each_for_itself_and_the_same_key_queues_nothing_twice(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        foreach (var phone in (string[])["4915112345671", "4915112345672"])
        {
            await new SeedConversation
            {
                NumberId = host.NumberId,
                Phone = phone,
                IsKnownByPhone = true,
                WindowExpiresAtUtc = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(5),
            }.WriteAsync(host.Store);
        }

        var body = $$"""
            {"numberId":"{{host.NumberId}}","messages":[
             {"to":"+49 151 12345671","type":"text","text":"One"},
             {"to":"12","type":"text","text":"Two"},
             {"to":"+49 151 12345679","type":"text","text":"Three"},
             {"to":"+49 151 12345672","type":"text"},
             null,
             {"to":"+49 151 12345672","type":"text","text":"Six"}]}
            """;
        var first = (await crm.SendAsync("/api/v1/messages/bulk", body, "mass-1").OkAsync(202)).GetProperty("items").EnumerateArray().ToList();
        var again = (await crm.SendAsync("/api/v1/messages/bulk", body, "mass-1").OkAsync(202)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["id", "status"], first[0].Names());
        Assert.Equal(["code", "detail"], first[1].Names());
        Assert.Equal(
            ["invalid_phone", "window_closed", "invalid_request", "invalid_request"],
            first.Skip(1).Take(4).Select(item => item.GetProperty("code").GetString()));
        Assert.Equal(first.Select(Which), again.Select(Which));
        Assert.Equal(first[5].Names(), first[0].Names());
        Assert.Equal(2, await OutboxRows.CountAsync(host.Store, OutboxLane.Broadcast));

        // Its status moves on while it is asked for again.
        static string? Which(JsonElement item) => (item.TryGetProperty("id", out var id) ? id : item.GetProperty("code")).GetString();
    }

    [Fact]
    public async Task What_is_in_bulk_or_normal_is_said_by_the_request()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var path = $"/api/v1/conversations/{await OpenAsync(host)}/messages";

        await crm.SendAsync(path, """{"type":"text","text":"a","priority":"bulk"}""").OkAsync(202);
        await crm.SendAsync(path, """{"type":"text","text":"b","priority":"normal"}""").OkAsync(202);
        await crm.SendAsync(path, """{"type":"text","text":"c"}""").OkAsync(202);

        Assert.Equal(
            (1, 2),
            (await OutboxRows.CountAsync(host.Store, OutboxLane.Broadcast), await OutboxRows.CountAsync(host.Store, OutboxLane.Automation)));
        Assert.Equal((400, "invalid_request"), await crm.SendAsync(path, """{"type":"text","text":"d","priority":"agent"}""").RefusalAsync());
        Assert.Equal((400, "invalid_request"), await crm.SendAsync("/api/v1/messages/bulk", """{"numberId":"1","messages":[]}""").RefusalAsync());
        Assert.Equal((400, "invalid_request"), await crm.SendAsync("/api/v1/messages/bulk", """{"messages":[{}]}""").RefusalAsync());
    }

    private static Task<long> OpenAsync(ConsoleHost host) => new SeedConversation
    {
        NumberId = host.NumberId,
        WindowExpiresAtUtc = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(5),
    }.WriteAsync(host.Store);
}
