using Bunit;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.Phone.Bubbles;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests.Phone;

/// <summary>What the customer sees of the JSON a business sent, kind by kind.</summary>
public sealed class BubbleTests : PhoneTest
{
    /// <summary>Type, the object under it, and words the bubble must show, buttons in brackets.</summary>
    public static TheoryData<string, string, string[]> FreeForm => new()
    {
        { "text", """{"body":"It is *ready*"}""", ["ready"] },
        { "image", """{"link":"https://alder-oak.example/a.jpg","caption":"Boots"}""", ["Picture", "alder-oak.example", "Boots"] },
        { "document", """{"link":"https://alder-oak.example/a.pdf","filename":"invoice.pdf"}""", ["invoice.pdf"] },
        { "location", """{"latitude":"52.52","longitude":"13.40","name":"Shop","address":"Street 1"}""", ["Shop", "Street 1", "52.52, 13.4"] },
        { "contacts", """[{"name":{"formatted_name":"Ada L.","first_name":"Ada"},"org":{"company":"Oak"},"phones":[{"phone":"+49301234"},{"phone":"+49305678"}],"emails":[{"email":"a@example.com"}]}]""", ["Ada L.", "Oak", "+49301234", "+49305678", "a@example.com", "Invite to WhatsApp"] },
        { "interactive", """{"type":"button","header":{"type":"text","text":"Hi"},"body":{"text":"Which?"},"footer":{"text":"Oak"},"action":{"buttons":[{"type":"reply","reply":{"id":"l","title":"Left"}},{"type":"reply","reply":{"id":"r","title":"Right"}}]}}""", ["Hi", "Which?", "Oak", "[Left]", "[Right]"] },
        { "interactive", """{"type":"list","body":{"text":"Pick"},"action":{"button":"Open","sections":[{"rows":[{"id":"1","title":"Wax"}]}]}}""", ["Pick", "[Open]"] },
        { "interactive", """{"type":"cta_url","body":{"text":"Track"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://a.example/t"}}}""", ["Track", "[Track it]"] },
        { "interactive", """{"type":"location_request_message","body":{"text":"Where?"},"action":{"name":"send_location"}}""", ["Where?", "[Send location]"] },
        { "interactive", """{"type":"request_contact_info","body":{"text":"Number?"},"action":{"name":"request_contact_info"}}""", ["Number?", "[Share contact info]"] },
        { "interactive", """{"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Book now"}}}""", ["Book", "[Book now]"] },
        { "interactive", """{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call","parameters":{"display_text":"Ring"}}}""", ["Call us", "[Ring]"] },
        { "interactive", """{"type":"call_permission_request","body":{"text":"May we?"},"action":{"name":"call_permission_request"}}""", ["May we?", "[Choose preference]"] },
        { "interactive", """{"type":"product","body":{"text":"This"},"action":{"catalog_id":"740000000000001","product_retailer_id":"WAX-SET"}}""", ["Beeswax and brush", "14.50 EUR", "This", "[View]"] },
        { "interactive", """{"type":"product_list","header":{"type":"text","text":"Shoes"},"body":{"text":"Picks"},"action":{"catalog_id":"740000000000001","sections":[{"title":"A","product_items":[{"product_retailer_id":"BOOT-GREEN-36"},{"product_retailer_id":"WAX-SET"}]}]}}""", ["Shoes", "Green boot, 36", "2 items", "Picks", "[View items]"] },
        { "interactive", """{"type":"catalog_message","body":{"text":"All of it"},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"BOOT-BLACK-38"}}}""", ["Black boot, 38", "Whole catalogue", "All of it", "[View catalogue]"] },
        { "interactive", """{"type":"carousel","body":{"text":"Offers"},"action":{"cards":[{"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/1.jpg"}},"body":{"text":"One"},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example"}}},{"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/2.jpg"}},"body":{"text":"Two"},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example"}}}]}}""", ["Offers", "One", "Two", "[Buy]"] },
        { "interactive", """{"type":"carousel","body":{"text":"Goods"},"action":{"cards":[{"card_index":0,"type":"product","action":{"product_retailer_id":"WAX-SET","catalog_id":"740000000000001"}},{"card_index":1,"type":"product","action":{"product_retailer_id":"BOOT-GREEN-36","catalog_id":"740000000000001"}}]}}""", ["Goods", "Beeswax and brush", "Green boot, 36", "[View]"] },
        { "interactive", """{"type":"order_details","body":{"text":"Your order"},"action":{"name":"review_and_pay","parameters":{"reference_id":"AO-7","currency":"INR","type":"physical-goods","total_amount":{"value":110000,"offset":100},"order":{"status":"pending","items":[]}}}}""", ["AO-7", "1,100.00 INR", "pending", "[Review and pay]"] },
        { "interactive", """{"type":"order_status","body":{"text":"News"},"action":{"name":"review_order","parameters":{"reference_id":"AO-7","order":{"status":"shipped","description":"With DHL"}}}}""", ["AO-7", "shipped", "With DHL"] },
    };

    /// <summary>Definition, what is sent with it, and words the bubble must show.</summary>
    public static TheoryData<string, string, string[]> Templates => new()
    {
        { """[{"type":"HEADER","format":"TEXT","text":"Hello {{1}}"},{"type":"BODY","text":"It is ready, {{1}}."},{"type":"FOOTER","text":"Oak"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"},{"type":"PHONE_NUMBER","text":"Ring us","phone_number":"+493023125100"}]}]""", """[{"type":"header","parameters":[{"type":"text","text":"Ada"}]},{"type":"body","parameters":[{"type":"text","text":"Ada"}]}]""", ["Hello Ada", "It is ready, Ada.", "Oak", "[Yes]", "[Ring us]"] },
        { """[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Look at it."}]""", """[{"type":"header","parameters":[{"type":"image","image":{"link":"https://a.example/a.jpg"}}]}]""", ["Picture", "a.example", "Look at it."] },
        { """[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Your invoice."}]""", """[{"type":"header","parameters":[{"type":"document","document":{"link":"https://a.example/a.pdf","filename":"2041.pdf"}}]}]""", ["2041.pdf", "Your invoice."] },
        { """[{"type":"HEADER","format":"VIDEO"},{"type":"BODY","text":"See it turn."}]""", """[{"type":"header","parameters":[{"type":"video","video":{"link":"https://a.example/a.mp4"}}]}]""", ["Video", "See it turn."] },
        { """[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Come by."}]""", """[{"type":"header","parameters":[{"type":"location","location":{"latitude":"52","longitude":"13","name":"Shop","address":"Street 1"}}]}]""", ["Shop", "Street 1", "Come by."] },
        { """[{"type":"BODY","text":"Ten off."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE10"},{"type":"URL","text":"Shop","url":"https://a.example/"}]}]""", """[{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"SAVE10"}]}]""", ["Ten off.", "[Copy offer code]", "[Shop]"] },
        { """[{"type":"BODY","text":"Winter sale."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE10"},{"type":"URL","text":"Shop","url":"https://a.example/"}]}]""", """[{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":4102444800000}}]},{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"SAVE10"}]}]""", ["Ends soon", "Ends in", "Code SAVE10", "Winter sale."] },
        { """[{"type":"BODY","text":"Four ways."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},{"type":"QUICK_REPLY","text":"B"},{"type":"QUICK_REPLY","text":"C"},{"type":"QUICK_REPLY","text":"D"}]}]""", "[]", ["[A]", "[B]", "See all options", "[C]", "[D]"] },
        { """[{"type":"BODY","text":"Book it."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Book","flow_id":"1"}]}]""", """[{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":{"flow_token":"t","flow_action_data":{"day":"Monday"}}}]}]""", ["Book it.", "[Book]"] },
        { """[{"type":"BODY","text":"All we have."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]""", """[{"type":"button","sub_type":"catalog","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"BOOT-GREEN-36"}}]}]""", ["Green boot, 36", "Whole catalogue", "[View catalog]"] },
        { """[{"type":"HEADER","format":"TEXT","text":"Picks"},{"type":"BODY","text":"For you."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]""", """[{"type":"button","sub_type":"mpm","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"WAX-SET","sections":[{"title":"A","product_items":[{"product_retailer_id":"WAX-SET"},{"product_retailer_id":"BOOT-GREEN-36"}]}]}}]}]""", ["Picks", "Beeswax and brush", "2 items", "[View items]"] },
        { """[{"type":"BODY","text":"Ring any time."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call on WhatsApp"}]}]""", "[]", ["Ring any time.", "[Call on WhatsApp]"] },
        { """[{"type":"BODY","text":"Fresh."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"First"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Second"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}]""", """[{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://a.example/1.jpg"}}]}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://a.example/2.jpg"}}]}]}]}]""", ["Fresh.", "First", "Second", "[More]"] },
    };

    [Theory]
    [MemberData(nameof(FreeForm))]
    public async Task Every_free_form_kind_can_be_read(string type, string value, string[] words) =>
        Shows(Bubble(await SentAsync(type, value)), words);

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Every_template_can_be_read(string definition, string components, string[] words) =>
        Shows(Bubble(await SentTemplateAsync(definition, components)), words);

    [Fact]
    public async Task A_sign_in_code_is_copied_not_opened()
    {
        var line = await SentAsync("template", """{"name":"sign_in_code","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]}""");

        var bubble = Bubble(line);

        Assert.Equal("123456", bubble.Find("button[data-copy]").GetAttribute("data-copy"));
        Assert.Empty(bubble.FindAll(".buttons a"));
    }

    [Fact]
    public async Task A_link_tells_that_it_was_opened()
    {
        var line = await SentAsync("template", """{"name":"order_shipped","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"Amina"},{"type":"text","text":"AO-1"},{"type":"text","text":"Friday"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"AO-1"}]}]}""");
        ButtonPart? pressed = null;

        Render<BubbleButtons>(p => p.Add(b => b.Line, line).Add(b => b.OnPress, button => pressed = button)).Find("a").Click();

        Assert.Equal("Track the parcel", pressed?.Title);
    }

    [Theory]
    [InlineData("image", "img", "image")]
    [InlineData("video", "video", "video")]
    [InlineData("voice", "audio[aria-label='Voice message']", "audio")]
    [InlineData("audio", "audio[aria-label='Audio']", "audio")]
    [InlineData("sticker", "img.sticker", "sticker")]
    [InlineData("document", "a.file[download]", "document")]
    public async Task A_file_shows_or_plays(string sample, string selector, string kind)
    {
        var (bytes, type, name) = Samples.File(sample);
        var file = World.Media.Add(bytes, MediaRules.BaseType(type), name, Bench.Berlin, fromCustomer: false);

        var bubble = Bubble(await SentAsync(kind, $$"""{"id":"{{file.Id}}"{{(sample == "voice" ? ",\"voice\":true" : "")}}}"""));

        var shown = bubble.Find(selector);
        Assert.Equal($"simulator/media/{file.Id}", shown.GetAttribute("src") ?? shown.GetAttribute("href"));
    }

    [Fact]
    public async Task A_quote_and_reactions_of_both_sides_are_shown()
    {
        Bench.Says(Amina, "In 41?");
        var mine = World.FindChat(Amina.Id)!.Lines[^1];
        var answer = await Bench.SendRawAsync($$$"""{"messaging_product":"whatsapp","to":"+{{{Amina.Phone}}}","type":"text","context":{"message_id":"{{{mine.Id}}}"},"text":{"body":"Yes"}}""");
        await Bench.SendRawAsync($$$"""{"messaging_product":"whatsapp","to":"+{{{Amina.Phone}}}","type":"reaction","reaction":{"message_id":"{{{mine.Id}}}","emoji":"👍"}}""");
        await Bench.Receiver.UntilAsync(all => all.Count(hook => hook.StatusWord == "sent") >= 2);
        World.Write(Amina.Id, new CustomerMessage(new MessageContent { Kind = "reaction", Reaction = new ReactionPart(mine.Id, "😂") }));
        var lines = World.FindChat(Amina.Id)!.Lines;

        var quoting = Bubble(lines.First(line => line.Id == answer.Wamid), p => p.Add(bubble => bubble.Quoted, mine));
        var reacted = Bubble(lines.First(line => line.Id == mine.Id));

        Assert.Contains("In 41?", quoting.Find(".quote").TextContent, StringComparison.Ordinal);
        Assert.Contains("👍", reacted.Find(".reactions").TextContent, StringComparison.Ordinal);
        Assert.Contains("😂", reacted.Find(".reactions").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_stays_text_and_only_web_addresses_are_links()
    {
        var bubble = Bubble(await SentAsync("text", """{"body":"<img src=x onerror=alert(1)> javascript:alert(1) see https://a.example/x."}"""));

        Assert.Empty(bubble.FindAll("img"));
        Assert.Equal("https://a.example/x", bubble.FindAll("a").Single().GetAttribute("href"));
    }

    private static void Shows(IRenderedComponent<WaConsole.Simulator.Phone.Bubbles.PhoneBubble> bubble, string[] words)
    {
        var article = bubble.Find("article");
        var text = string.Join('\n', Words(article));
        var buttons = article.QuerySelectorAll(".buttons button, .buttons a").Select(button => $"[{button.TextContent.Trim()}]").ToList();
        Assert.All(words, word => Assert.True(
            word.StartsWith('[') ? buttons.Contains(word) : text.Contains(word, StringComparison.Ordinal), $"{word} is missing in {text} {string.Join(' ', buttons)}"));
        Assert.All(article.QuerySelectorAll(".buttons button"), button => Assert.False(button.HasAttribute("disabled")));
    }
}
