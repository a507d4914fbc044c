using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Tests.Templates;

/// <summary>Every kind of template the API allows beyond words and a picture (Meta, Template components, 2026).</summary>
public sealed class TemplateKindsTests
{
    private static readonly DateTime Noon = new(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<long, WhatsAppFile> Files = new() { [1] = new("M1", "a.jpg"), [2] = new("M2", "b.jpg") };

    public static TheoryData<string, string, string, string, string> Kinds() => new()
    {
        {
            "one-time code", "AUTHENTICATION",
            """[{"type":"BODY","text":"*{{1}}* is your verification code.","add_security_recommendation":true},{"type":"FOOTER","text":"This code expires in 5 minutes."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}","example":["https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456"]}]}]""",
            "body.1=123456",
            """[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]"""
        },
        {
            "one-tap code without a text", "AUTHENTICATION",
            """[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","text":"Copy","autofill_text":"Autofill"}]}]""",
            "body.1=ABC-99",
            """[{"type":"body","parameters":[{"type":"text","text":"ABC-99"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"ABC-99"}]}]"""
        },
        {
            "limited-time offer", "MARKETING",
            """[{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BODY","text":"Hello {{1}}, twenty off."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"},{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]""",
            "media;offer.ends=2026-12-01T10:00:00Z;body.1=Ada;button.0=SAVE20;button.1=boots",
            """[{"type":"header","parameters":[{"type":"image","image":{"id":"M1"}}]},{"type":"body","parameters":[{"type":"text","text":"Ada"}]},{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1796119200000}}]},{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"SAVE20"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"boots"}]}]"""
        },
        {
            "offer without an end", "MARKETING",
            """[{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"For you","has_expiration":false}},{"type":"BODY","text":"Hello {{1}}, twenty off."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Shop","url":"https://a.example/"}]}]""",
            "body.1=Ada",
            """[{"type":"body","parameters":[{"type":"text","text":"Ada"}]}]"""
        },
        {
            "carousel of pictures", "MARKETING",
            """[{"type":"BODY","text":"Hello {{1}}, look."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Boots for {{1}} days."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Shoes for {{1}} days."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]}]}]""",
            "body.1=Ada;file card.0.header.media=1;card.0.body.1=wet;card.0.button.0=BOOTS;card.0.button.1=boots;file card.1.header.media=2;card.1.body.1=dry;card.1.button.1=shoes",
            """[{"type":"body","parameters":[{"type":"text","text":"Ada"}]},{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"M1"}}]},{"type":"body","parameters":[{"type":"text","text":"wet"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"BOOTS"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"boots"}]}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"M2"}}]},{"type":"body","parameters":[{"type":"text","text":"dry"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"shoes"}]}]}]}]"""
        },
        {
            "carousel of more products than defined", "MARKETING",
            """[{"type":"BODY","text":"Look at these."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}]}]""",
            "cards 3;catalog=C1;card.0.header.product=A;card.1.header.product=B;card.2.header.product=D",
            """[{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"A","catalog_id":"C1"}}]}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"B","catalog_id":"C1"}}]}]},{"card_index":2,"components":[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"D","catalog_id":"C1"}}]}]}]}]"""
        },
        {
            "one product", "MARKETING",
            """[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"New: {{1}} for you."},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]""",
            "catalog=C1;header.product=SKU1;body.1=boots",
            """[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"SKU1","catalog_id":"C1"}}]},{"type":"body","parameters":[{"type":"text","text":"boots"}]}]"""
        },
        {
            "several products", "MARKETING",
            """[{"type":"HEADER","format":"TEXT","text":"New"},{"type":"BODY","text":"Look at these."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]""",
            "section Boots=A,B;section Care=C",
            """[{"type":"button","sub_type":"mpm","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"A","sections":[{"title":"Boots","product_items":[{"product_retailer_id":"A"},{"product_retailer_id":"B"}]},{"title":"Care","product_items":[{"product_retailer_id":"C"}]}]}}]}]"""
        },
        {
            "catalogue", "MARKETING",
            """[{"type":"BODY","text":"Look at all of it."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]""",
            "button.0=SKU1",
            """[{"type":"button","sub_type":"catalog","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"SKU1"}}]}]"""
        },
        {
            "form", "UTILITY",
            """[{"type":"BODY","text":"Book a table."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Book","flow_id":"1"}]}]""",
            """button.0.token=t1;button.0.data={"shop":"Berlin"}""",
            """[{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":{"flow_token":"t1","flow_action_data":{"shop":"Berlin"}}}]}]"""
        },
        {
            "call button and what it carries", "UTILITY",
            """[{"type":"BODY","text":"Call us."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call now"}]}]""",
            "button.0.minutes=100;button.0=shop",
            """[{"type":"button","sub_type":"voice_call","index":"0","parameters":[{"type":"ttl_minutes","ttl_minutes":100},{"type":"payload","payload":"shop"}]}]"""
        },
        {
            "order details", "UTILITY",
            """[{"type":"BODY","text":"Please pay."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and pay"}]}]""",
            """button.0={"reference_id":"AO-1"}""",
            """[{"type":"button","sub_type":"order_details","index":"0","parameters":[{"type":"action","action":{"order_details":{"reference_id":"AO-1"}}}]}]"""
        },
        {
            "quick reply behind a question about calls", "UTILITY",
            """[{"type":"BODY","text":"May we call {{first_name}} now?"},{"type":"call_permission_request"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Later"}]}]""",
            "body.first_name=Ada;button.0=LATER",
            """[{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ada"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"LATER"}]}]"""
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_goes_over_the_wire_as_Meta_describes_it(string kind, string category, string components, string values, string wire)
    {
        var view = Read(components, category);
        var given = Values(values);
        Assert.True(view.Sendable, $"{kind}: {view.NotSendableBecause}");
        Assert.Null(TemplateValueRules.Problem(view, given, Noon));

        var json = new OutboundMessage(new Recipient.Phone("491701234567"), BuildTemplateMessage.Run(view, given, Files)).ToJson();

        Assert.Contains($"\"components\":{wire}", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"type":"BODY","text":"May we call?"},{"type":"call_permission_request"}]""", "CALL_PERMISSION_REQUEST")]
    [InlineData("""[{"type":"BODY","text":"Your number?"},{"type":"BUTTONS","buttons":[{"type":"REQUEST_CONTACT_INFO"}]}]""", "REQUEST_CONTACT_INFO")]
    public void What_whatsapp_words_itself_needs_no_value_and_shows_its_button(string components, string button)
    {
        var view = Read(components, "UTILITY");

        Assert.Null(TemplateValueRules.Problem(view, TemplateValues.None));
        Assert.Empty(BuildTemplateMessage.Run(view, TemplateValues.None, Files).Components ?? []);
        Assert.Equal(button, Assert.Single(RenderTemplate.Run(view, TemplateValues.None).Buttons).Kind);
    }

    [Theory]
    [InlineData("limited-time offer", "offer.ends=2026-11-26T11:00:00Z", "over already")]
    [InlineData("limited-time offer", "offer.ends=soon", "date and a time")]
    [InlineData("limited-time offer", "button.0=SAVE 20", "letters and digits")]
    [InlineData("limited-time offer", "button.0=", "Code to copy")]
    [InlineData("one-time code", "body.1=1234567890123456", "16 characters")]
    [InlineData("one-time code", "body.1=", "One-time code")]
    [InlineData("carousel of pictures", "file card.1.header.media=", "Card 2")]
    [InlineData("carousel of pictures", "card.1.body.1=a\nb", "Card 2")]
    [InlineData("carousel of more products than defined", "cards 11", "2 to 10")]
    [InlineData("carousel of more products than defined", "card.2.header.product=", "Card 3")]
    [InlineData("carousel of more products than defined", "catalog=", "Catalogue")]
    [InlineData("several products", "section =", "30 products")]
    [InlineData("several products", "section =A", "title")]
    [InlineData("several products", "section A title far too long for one=A", "24")]
    [InlineData("form", "button.0.data=[1]", "JSON object")]
    [InlineData("form", "button.0.data={", "JSON object")]
    [InlineData("call button and what it carries", "button.0.minutes=0", "whole minutes")]
    [InlineData("call button and what it carries", "button.0.minutes=1.5", "whole minutes")]
    [InlineData("order details", "button.0={}", "reference_id")]
    [InlineData("order details", "button.0=", "Order and payment")]
    public void A_value_WhatsApp_would_refuse_is_refused_here_in_words(string kind, string change, string word)
    {
        var (category, components, values) = Kinds().Select(row => row.Data).Where(row => row.Item1 == kind)
            .Select(row => (row.Item2, row.Item3, row.Item4)).Single();

        var problem = TemplateValueRules.Problem(Read(components, category), Values(values + ";" + change), Noon);

        Assert.Contains(word, problem ?? "nothing", StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_an_offer_a_product_and_a_card_has_less_room()
    {
        var offer = Read(
            """[{"type":"BODY","text":"Hi {{1}}."},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"x","has_expiration":false}}]""", "MARKETING");
        var product = Read("""[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"Hi {{1}}."}]""", "MARKETING");
        var card = Read(
            """[{"type":"BODY","text":"Hi."},{"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"{{1}} and {{2}}"}]}]}]""", "MARKETING");

        Assert.Equal((600, 596), (offer.BodyLimit, offer.Fields.Single(field => field.Key == "body.1").MaxLength));
        Assert.Equal((160, 156), (product.BodyLimit, product.Fields.Single(field => field.Key == "body.1").MaxLength));
        var half = new string('a', 100);
        Assert.Contains("160", TemplateValueRules.Problem(card, Values($"card.0.body.1={half};card.0.body.2={half}")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_sent_keeps_cards_offer_and_products_through_the_database()
    {
        var carousel = Kinds().Select(row => row.Data).Single(row => row.Item1 == "carousel of pictures");
        var picture = new SentFile(1, Guid.CreateVersion7(), "image/jpeg", 10, "a.jpg");
        var shown = RenderTemplate.Run(Read(carousel.Item3, "MARKETING"), Values(carousel.Item4), new Dictionary<long, SentFile> { [1] = picture });

        var read = Assert.IsType<MessageContent.SentTemplate>(ContentJson.Read(ContentJson.Write(shown)));

        Assert.Equal("Hello Ada, look.", read.Body);
        Assert.Equal(["Boots for wet days.", "Shoes for dry days."], read.Cards!.Select(card => card.Body));
        Assert.Equal(picture, read.Cards![0].File);
        Assert.Equal("https://a.example/boots", read.Cards[0].Buttons[1].Target);
        Assert.Equal(read, ContentJson.Read(ContentJson.Write(read)));

        var offer = Kinds().Select(row => row.Data).Single(row => row.Item1 == "limited-time offer");
        var sent = RenderTemplate.Run(Read(offer.Item3, "MARKETING"), Values(offer.Item4));
        Assert.Equal(new SentOffer("Ends soon", new DateTime(2026, 12, 1, 10, 0, 0, DateTimeKind.Utc)), ((MessageContent.SentTemplate)ContentJson.Read(ContentJson.Write(sent))!).Offer);
    }

    [Fact]
    public void A_template_sent_before_cards_were_kept_still_opens()
    {
        var old = """{"$kind":"SentTemplate","value":{"name":"t","language":"en","category":"UTILITY","body":"Hi","buttons":[]}}""";

        Assert.Equal("Hi", Assert.IsType<MessageContent.SentTemplate>(ContentJson.Read(old)).Body);
    }

    private static TemplateView Read(string components, string category) => TemplateDefinition.Read(new Template
    {
        Name = "t",
        Language = "en",
        Status = "APPROVED",
        Category = category,
        ComponentsJson = components,
    });

    /// <summary>"key=value;…", "media", "file key=id", "section title=id,id", "cards 3"; a later one of the same key wins, an empty one takes it away.</summary>
    private static TemplateValues Values(string text)
    {
        var texts = new Dictionary<string, string>();
        var files = new Dictionary<string, long>();
        List<TemplateProducts> sections = [];
        var values = TemplateValues.None;
        foreach (var part in text.Split(';'))
        {
            var (key, value) = part.Split('=', 2) is [var before, var after] ? (before, after) : (part, "");
            switch (part.Split(' ')[0])
            {
                case "media":
                    values = values with { HeaderMediaFileId = 1 };
                    break;
                case "cards":
                    values = values with { Cards = int.Parse(part.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) };
                    break;
                case "section":
                    sections.Add(new TemplateProducts(key["section ".Length..], value.Length == 0 ? [] : value.Split(',')));
                    break;
                case "file" when value.Length == 0:
                    files.Remove(key["file ".Length..]);
                    break;
                case "file":
                    files[key["file ".Length..]] = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                default:
                    texts[key] = value;
                    break;
            }
        }

        return values with { Texts = texts, Files = files, Sections = sections };
    }
}
