using Microsoft.AspNetCore.Http;

namespace WaConsole.CloudApi.Tests.Client;

public sealed class ReadingCallsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sent_message_answers_its_id_and_the_recipient_as_WhatsApp_knows_it()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200,
            """
            {"messaging_product":"whatsapp","contacts":[{"input":"+5511999998888","wa_id":"551199998888"}],
            "messages":[{"id":"wamid.BBB","message_status":"held_for_quality_assessment"}]}
            """);
        var message = new OutboundMessage(new Recipient.Phone("+5511999998888"), new OutboundContent.Text("Oi"));

        var accepted = await GraphStub.NewClient().SendAsync(graph.Account, "106540352242922", message, Token);

        Assert.Equal(
            new SendAccepted("wamid.BBB", "551199998888", null, null, "held_for_quality_assessment"), accepted);
        Assert.Equal("POST", graph.Only.Method);
        Assert.Equal("/v26.0/106540352242922/messages", graph.Only.PathAndQuery);
        Assert.Equal("application/json", graph.Only.Headers["Content-Type"]);
        Assert.Equal(message.ToJson(), graph.Only.Text);
    }

    [Fact]
    public async Task A_message_to_a_user_id_answers_the_user_id()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200,
            """
            {"contacts":[{"input":"DE.1","user_id":"DE.1","parent_user_id":"DE.ENT.9"}],"messages":[{"id":"wamid.C"}]}
            """);
        var message = new OutboundMessage(new Recipient.UserId("DE.1"), new OutboundContent.Text("Hi"));

        var accepted = await GraphStub.NewClient().SendAsync(graph.Account, "1", message, Token);

        Assert.Equal(new SendAccepted("wamid.C", null, "DE.1", "DE.ENT.9", null), accepted);
    }

    [Theory]
    [InlineData(
        false,
        """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN"}""")]
    [InlineData(
        true,
        """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN","typing_indicator":{"type":"text"}}""")]
    public async Task Marking_read_shows_typing_only_when_asked(bool typing, string body)
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"success":true}""");

        await GraphStub.NewClient().MarkReadAsync(graph.Account, "1", "wamid.IN", typing, Token);

        Assert.Equal("/v26.0/1/messages", graph.Only.PathAndQuery);
        Assert.True(
            System.Text.Json.Nodes.JsonNode.DeepEquals(
                System.Text.Json.Nodes.JsonNode.Parse(body), System.Text.Json.Nodes.JsonNode.Parse(graph.Only.Text)),
            graph.Only.Text);
    }

    [Fact]
    public async Task Templates_are_read_page_by_page_until_there_is_no_next()
    {
        await using var graph = await GraphStub.StartAsync((context, request) => context.Response.WriteAsync(
            request.PathAndQuery.Contains("after=", StringComparison.Ordinal)
                ? """
                  {"data":[{"id":2,"name":"b","language":"de","status":"PAUSED","category":"MARKETING"}],
                  "paging":{"cursors":{"before":"x","after":"LAST"}}}
                  """
                : """
                  {"data":[{"id":"1","name":"a","language":"en_US","status":"APPROVED","category":"UTILITY",
                  "parameter_format":"NAMED","quality_score":{"score":"GREEN","date":1},"rejected_reason":"NONE",
                  "components":[{"type":"BODY","text":"Hi {{name}}"}]},{"no":"template"}],
                  "paging":{"cursors":{"before":"x","after":"A+/="},"next":"https://graph.facebook.com/next"}}
                  """));
        var client = GraphStub.NewClient();

        var first = await client.ListTemplatesAsync(graph.Account, "102", after: null, limit: 50, Token);
        var last = await client.ListTemplatesAsync(graph.Account, "102", first.Next, limit: 50, Token);

        var template = Assert.Single(first.Templates);
        Assert.Equal(
            new TemplateInfo(
                "1", "a", "en_US", "APPROVED", "UTILITY", null, "NAMED", "GREEN", "NONE", null, null,
                """[{"type":"BODY","text":"Hi {{name}}"}]"""),
            template);
        Assert.Equal("A+/=", first.Next);
        Assert.Equal("2", Assert.Single(last.Templates).Id);
        Assert.Equal("[]", last.Templates[0].ComponentsJson);
        Assert.Null(last.Next);
        Assert.StartsWith(
            "/v26.0/102/message_templates?fields=id,name,", graph.Seen[0].PathAndQuery, StringComparison.Ordinal);
        Assert.Contains("quality_score", graph.Seen[0].PathAndQuery, StringComparison.Ordinal);
        Assert.EndsWith("&limit=50&after=A%2B%2F%3D", graph.Seen[1].PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_cursors_is_followed_by_its_next_address()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200, """{"data":[],"paging":{"next":"https://graph.facebook.com/x?limit=1&after=A%2B1&fields=id"}}""");

        var page = await GraphStub.NewClient().ListTemplatesAsync(graph.Account, "102", after: null, limit: 1, Token);

        Assert.Equal("A+1", page.Next);
    }

    [Fact]
    public async Task An_answer_with_half_a_character_in_it_is_still_read()
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"id":"1","verified_name":"Mill \ud83d Lane"}""");

        var number = await GraphStub.NewClient().GetNumberAsync(graph.Account, "1", Token);

        Assert.Equal("Mill \ufffd Lane", number.VerifiedName);
    }

    [Fact]
    public async Task A_number_answers_the_fields_that_were_asked_for()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200,
            """
            {"id":"1","display_phone_number":"+49 30 111","verified_name":"Mill Lane","quality_rating":"GREEN",
            "throughput":{"level":"STANDARD"},"status":"CONNECTED","platform_type":"CLOUD_API",
            "name_status":"APPROVED","whatsapp_business_manager_messaging_limit":"TIER_2K"}
            """);

        var number = await GraphStub.NewClient().GetNumberAsync(graph.Account, "1", Token);

        Assert.Equal(
            new NumberInfo(
                "1", "+49 30 111", "Mill Lane", "GREEN", "STANDARD", "CONNECTED", "CLOUD_API", "APPROVED", "TIER_2K"),
            number);
        Assert.StartsWith(
            "/v26.0/1?fields=id,display_phone_number,", graph.Only.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_of_an_account_are_read_to_the_last_page()
    {
        await using var graph = await GraphStub.StartAsync((context, request) => context.Response.WriteAsync(
            request.PathAndQuery.Contains("after=", StringComparison.Ordinal)
                ? """{"data":[{"id":"2"}],"paging":{"cursors":{"after":"B"}}}"""
                : """{"data":[{"id":"1"}],"paging":{"cursors":{"after":"A"},"next":"https://x"}}"""));

        var numbers = await GraphStub.NewClient().ListNumbersAsync(graph.Account, "102", Token);

        Assert.Equal(["1", "2"], numbers.Select(number => number.Id));
    }

    [Fact]
    public async Task A_server_that_always_offers_the_same_next_page_does_not_hold_us_forever()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200, """{"data":[{"id":"1"}],"paging":{"cursors":{"after":"A"},"next":"https://x"}}""");

        var numbers = await GraphStub.NewClient().ListNumbersAsync(graph.Account, "102", Token);

        Assert.Equal(2, numbers.Count);
    }
}
