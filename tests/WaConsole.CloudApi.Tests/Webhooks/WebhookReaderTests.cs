using System.Text;

namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class WebhookReaderTests
{
    private const string Text = """ "timestamp":"1764000001","type":"text","text":{"body":"Hi"} """;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"entry":null}""")]
    [InlineData("""{"entry":{}}""")]
    [InlineData("""{"entry":[]""")]
    [InlineData("""{"entry":[]} trailing""")]
    public void What_is_no_webhook_is_refused_as_a_whole(string body) =>
        Assert.Throws<WebhookFormatException>(() => Hook.Read(body));

    [Fact]
    public void A_refusal_does_not_quote_the_body()
    {
        var refusal = Assert.Throws<WebhookFormatException>(() => Hook.Read("""{"entry":[{"name":"Ada" secret}]}"""));

        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_nested_beyond_reason_is_refused() =>
        Assert.Throws<WebhookFormatException>(() => Hook.Read(new string('[', 100_000)));

    [Fact]
    public void A_body_without_news_is_fine() => Assert.Empty(Hook.Read("""{"entry":[]}"""));

    [Fact]
    public void Every_item_of_every_change_of_every_entry_is_read_and_numbered()
    {
        var items = Hook.Read(
            $$"""
            {"object":"whatsapp_business_account","entry":[
              {"id":1,"changes":[
                {"field":"messages","value":{"metadata":{"phone_number_id":"P1"},
                  "messages":[{"from":"1","id":"a",{{Text}}},{"from":"1","id":"b",{{Text}}}],
                  "statuses":[{"id":"c","status":"sent","timestamp":"1764000001"}]} },
                {"field":"messages","value":{"metadata":{"phone_number_id":"P2"},"messages":[{"from":"1","id":"d",{{Text}}}]} }]},
              {"id":"2","changes":[{"field":"account_update","value":{"event":"X"} }]}]}
            """);

        Assert.Equal([0, 1, 2, 3, 4], items.Select(item => item.Index));
        Assert.Equal(["1", "1", "1", "1", "2"], items.Select(item => item.BusinessAccountId));
        Assert.Equal(["P1", "P1", "P1", "P2", null], items.Select(item => item.PhoneNumberId));
        Assert.Equal(["a", "b", "d"], items.OfType<InboundMessageItem>().Select(message => message.Wamid));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"","timestamp":"1"}""")]
    [InlineData("""{"id":{"x":1},"timestamp":"1"}""")]
    public void A_malformed_message_does_not_hurt_its_neighbours(string bad)
    {
        var items = Hook.Read(Hook.Body(
            "messages", $$"""{"messages":[{"from":"1","id":"a",{{Text}}},{{bad}},{"from":"1","id":"b",{{Text}}}]}"""));

        Assert.Equal("a", Assert.IsType<InboundMessageItem>(items[0]).Wamid);
        var unreadable = Assert.IsType<WebhookItem.Unreadable>(items[1]);
        Assert.NotEmpty(unreadable.Reason);
        Assert.Equal(bad, unreadable.RawJson);
        Assert.Equal("b", Assert.IsType<InboundMessageItem>(items[2]).Wamid);
    }

    [Theory]
    [InlineData("""{"status":"sent","timestamp":"1"}""")]
    [InlineData("""{"id":"x","timestamp":"1"}""")]
    public void A_malformed_status_does_not_hurt_its_neighbours(string bad)
    {
        var items = Hook.Read(Hook.Body(
            "messages", $$"""{"statuses":[{{bad}},{"id":"b","status":"read","timestamp":"1"}]}"""));

        Assert.IsType<WebhookItem.Unreadable>(items[0]);
        Assert.Equal(StatusKind.Read, Assert.IsType<StatusItem>(items[1]).Kind);
    }

    [Theory]
    [InlineData("""{"field":"messages"}""")]
    [InlineData("""{"field":"messages","value":7}""")]
    [InlineData("7")]
    public void A_malformed_change_does_not_hurt_its_neighbours(string bad)
    {
        var items = Hook.Read(
            $$"""
            {"entry":[7,{"id":"1"},{"id":"2","changes":[{{bad}},{"field":"messages","value":{"messages":[{"id":"a",{{Text}}}]} }]}]}
            """);

        Assert.Collection(
            items,
            item => Assert.IsType<WebhookItem.Unreadable>(item),
            item => Assert.IsType<WebhookItem.Unreadable>(item),
            item => Assert.IsType<WebhookItem.Unreadable>(item),
            item => Assert.Equal("a", Assert.IsType<InboundMessageItem>(item).Wamid));
    }

    [Theory]
    [InlineData("\"1764000002\"", 1_764_000_002)]
    [InlineData("1764000002", 1_764_000_002)]
    [InlineData("\"soon\"", 1_764_000_000)]
    [InlineData("-5", 1_764_000_000)]
    [InlineData("99999999999999", 1_764_000_000)]
    [InlineData("1e400", 1_764_000_000)]
    [InlineData("null", 1_764_000_000)]
    public void A_time_is_read_as_text_or_number_and_else_taken_from_the_entry(string timestamp, long seconds)
    {
        var item = Assert.Single(Hook.Read(Hook.Body(
            "messages", $$"""{"messages":[{"id":"a","timestamp":{{timestamp}},"type":"text"}]}""")));

        Assert.Equal(DateTime.UnixEpoch.AddSeconds(seconds), Assert.IsType<InboundMessageItem>(item).TimestampUtc);
    }

    [Fact]
    public void A_message_without_any_time_is_unreadable()
    {
        var items = Hook.Read("""{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"a"}]}}]}]}""");

        Assert.IsType<WebhookItem.Unreadable>(Assert.Single(items));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_replaced_and_the_given_bytes_stay()
    {
        var body = Encoding.Latin1.GetBytes(Hook.Body(
            "messages", $$"""{"messages":[{"id":"a","timestamp":"1","type":"text","text":{"body":"caf{{'\u00e9'}}!"} }]}"""));
        var before = body.ToArray();

        var message = Assert.IsType<InboundMessageItem>(Assert.Single(WebhookReader.Read(body)));

        Assert.Equal("caf\ufffd!", message.Text);
        Assert.Equal(before, body);
    }

    [Theory]
    [InlineData("""\ud83d""", "\ufffd")]
    [InlineData("""\ud83d\ud83d\udc4d""", "\ufffd👍")]
    [InlineData("""\udc4d!""", "\ufffd!")]
    [InlineData("""\ud83dx\udc4d""", "\ufffdx\ufffd")]
    [InlineData("""\uD83D\uDC4D""", "👍")]
    [InlineData("""\\ud83d""", "\\ud83d")]
    [InlineData("""\\\ud83d\\""", "\\\ufffd\\")]
    [InlineData("""\ud83d\n""", "\ufffd\n")]
    [InlineData("""\u0000""", "\0")]
    public void Half_a_character_is_replaced_and_whole_ones_are_kept(string escaped, string text)
    {
        var message = Hook.Message($$""" "type":"text","text":{"body":"{{escaped}}"},"\ud800":"\udfff" """);

        Assert.Equal(text, message.Text);
    }

    [Fact]
    public void A_byte_order_mark_is_no_obstacle() =>
        Assert.Empty(WebhookReader.Read((byte[])[0xef, 0xbb, 0xbf, .. """{"entry":[]}"""u8]));

    [Fact]
    public void An_item_shows_nothing_of_its_content_when_written_to_a_log()
    {
        var message = Hook.Message(""" "type":"text","text":{"body":"private"} """);

        Assert.DoesNotContain("private", $"{message}", StringComparison.Ordinal);
        Assert.DoesNotContain("4917012345678", $"{message}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_messages_of_a_thousand_customers_are_all_there()
    {
        var contacts = string.Join(
            ',',
            Enumerable.Range(0, 1000).Reverse().Select(n => $$$"""{"wa_id":"{{{n}}}","profile":{"name":"N{{{n}}}"}}"""));
        var messages = string.Join(
            ',', Enumerable.Range(0, 1000).Select(n => $$"""{"from":"{{n}}","id":"wamid.{{n}}",{{Text}}}"""));

        var items = Hook.Read(Hook.Body("messages", $$"""{"contacts":[{{contacts}}],"messages":[{{messages}}]}"""));

        Assert.Equal(1000, items.Count);
        Assert.All(items.Cast<InboundMessageItem>(), message => Assert.Equal("N" + message.From, message.ProfileName));
    }
}
