using System.Text.Json;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Messages in the form they are sent, as the thread shows them.</summary>
public sealed class SentContentTests
{
    [Fact]
    public void Buttons_keep_their_words()
    {
        var sent = Read("""{"type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Hi"},"body":{"text":"Which?"},"footer":{"text":"Oak"},"action":{"buttons":[{"type":"reply","reply":{"id":"l","title":"Left"}}]}}}""");

        Assert.Equal(("button", "Hi", "Which?", "Oak"), (sent.Type, sent.HeaderText, sent.Body, sent.Footer));
        Assert.Equal("Left", Assert.Single(sent.Buttons).Text);
    }

    [Fact]
    public void Lists_and_product_lists_keep_their_rows()
    {
        var list = Read("""{"type":"interactive","interactive":{"type":"list","body":{"text":"Pick"},"action":{"button":"Open","sections":[{"title":"A","rows":[{"id":"1","title":"Wax","description":"Of bees"}]}]}}}""");
        var products = Read("""{"type":"interactive","interactive":{"type":"product_list","body":{"text":"Picks"},"action":{"catalog_id":"1","sections":[{"product_items":[{"product_retailer_id":"WAX-SET"}]}]}}}""");

        Assert.Equal("Open", Assert.Single(list.Buttons).Text);
        Assert.Equal(new ChoiceRow("Wax", "Of bees"), Assert.Single(Assert.Single(list.Sections).Rows));
        Assert.Equal(new ChoiceRow("WAX-SET", null), Assert.Single(Assert.Single(products.Sections).Rows));
    }

    [Fact]
    public void Links_forms_payments_and_cards_are_read()
    {
        var link = Read("""{"type":"interactive","interactive":{"type":"cta_url","body":{"text":"b"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example"}}}}""");
        var flow = Read("""{"type":"interactive","interactive":{"type":"flow","body":{"text":"b"},"action":{"name":"flow","parameters":{"flow_cta":"Book"}}}}""");
        var bill = Read("""{"type":"interactive","interactive":{"type":"order_details","body":{"text":"b"},"action":{"name":"review_and_pay","parameters":{"reference_id":"AO-7"}}}}""");
        var carousel = Read("""{"type":"interactive","interactive":{"type":"carousel","body":{"text":"b"},"action":{"cards":[{"type":"cta_url","body":{"text":"One"},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example"}}},{"type":"product","action":{"product_retailer_id":"WAX-SET"}}]}}}""");

        Assert.Equal(new TemplateButton("URL", "Open", "https://a.example"), Assert.Single(link.Buttons));
        Assert.Equal("Book", Assert.Single(flow.Buttons).Text);
        Assert.Equal("AO-7", bill.Reference);
        Assert.Equal(["One", "WAX-SET"], carousel.Cards.Select(card => card.Body));
    }

    [Fact]
    public void A_template_shows_its_name_and_what_was_filled_in()
    {
        var template = Assert.IsType<MessageContent.SentTemplate>(SentContent.Of(Json(
            """{"type":"template","template":{"name":"pickup_ready","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":"2041"}]}]}}""")));

        Assert.Equal(("pickup_ready", "en", "Ada · 2041"), (template.Name, template.Language, template.Body));
    }

    [Theory]
    [InlineData("""{"type":"text","text":{"body":"Hi"}}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"1","title":"x"}}}""")]
    [InlineData("""{"type":"interactive","interactive":[]}""")]
    [InlineData("""{"type":"template","template":"x"}""")]
    [InlineData("7")]
    public void Anything_else_is_left_alone(string json)
    {
        var content = SentContent.Of(Json(json));

        Assert.True(content is null or MessageContent.SentTemplate { Name: "" });
    }

    [Fact]
    public void What_is_stored_reads_back_the_same()
    {
        var sent = Read("""{"type":"interactive","interactive":{"type":"list","body":{"text":"Pick"},"action":{"button":"Open","sections":[{"rows":[{"id":"1","title":"Wax"}]}]}}}""");

        Assert.Equal(ContentJson.Write(sent), ContentJson.Write(ContentJson.Read(ContentJson.Write(sent))!));
    }

    private static MessageContent.SentInteractive Read(string json) => Assert.IsType<MessageContent.SentInteractive>(SentContent.Of(Json(json)));

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
