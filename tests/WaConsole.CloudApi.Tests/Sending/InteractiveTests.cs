using System.Text.Json;

namespace WaConsole.CloudApi.Tests.Sending;

/// <summary>Wire text of everything to tap, to the letter.</summary>
public sealed class InteractiveTests
{
    private static readonly MediaRef Picture = new MediaRef.Link(new Uri("https://h.example/1.jpg"));
    private static readonly MediaRef OtherPicture = new MediaRef.Link(new Uri("https://h.example/2.jpg"));
    private static readonly Uri Page = new("https://example.com/t/1");

    public static TheoryData<InteractiveContent, string> Contents => new()
    {
        {
            new InteractiveContent.Buttons("Choose", [new("yes", "Yes"), new("no", "No")]),
            """
            {"type":"button","body":{"text":"Choose"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},
            {"type":"reply","reply":{"id":"no","title":"No"}}]}}
            """
        },
        {
            new InteractiveContent.Buttons("Choose", [new("1", "One")], new InteractiveHeader.Text("Bread"), "Mill Lane"),
            """
            {"type":"button","header":{"type":"text","text":"Bread"},"body":{"text":"Choose"},"footer":{"text":"Mill Lane"},
            "action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"One"}}]}}
            """
        },
        {
            new InteractiveContent.Buttons("Choose", [new("1", "One")], new InteractiveHeader.Image(new MediaRef.Id("M"))),
            """
            {"type":"button","header":{"type":"image","image":{"id":"M"}},"body":{"text":"Choose"},
            "action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"One"}}]}}
            """
        },
        {
            new InteractiveContent.Buttons("Choose", [new("1", "One")], new InteractiveHeader.Video(new MediaRef.Id("M"))),
            """
            {"type":"button","header":{"type":"video","video":{"id":"M"}},"body":{"text":"Choose"},
            "action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"One"}}]}}
            """
        },
        {
            new InteractiveContent.Buttons(
                "Choose", [new("1", "One")], new InteractiveHeader.Document(new MediaRef.Id("M"), "menu.pdf")),
            """
            {"type":"button","header":{"type":"document","document":{"id":"M","filename":"menu.pdf"}},"body":{"text":"Choose"},
            "action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"One"}}]}}
            """
        },
        {
            new InteractiveContent.List(
                "Pick one", "Open", [new("A", [new("r1", "Row", "opt"), new("r2", "Row 2")])], "Menu", "Until noon"),
            """
            {"type":"list","header":{"type":"text","text":"Menu"},"body":{"text":"Pick one"},"footer":{"text":"Until noon"},
            "action":{"button":"Open","sections":[{"title":"A","rows":[{"id":"r1","title":"Row","description":"opt"},
            {"id":"r2","title":"Row 2"}]}]}}
            """
        },
        {
            new InteractiveContent.Link("Track it", "Open", Page),
            """
            {"type":"cta_url","body":{"text":"Track it"},"action":{"name":"cta_url","parameters":
            {"display_text":"Open","url":"https://example.com/t/1"}}}
            """
        },
        {
            new InteractiveContent.LocationRequest("Where are you?"),
            """{"type":"location_request_message","body":{"text":"Where are you?"},"action":{"name":"send_location"}}"""
        },
        {
            new InteractiveContent.ContactInfoRequest("May we have your number?"),
            """
            {"type":"request_contact_info","body":{"text":"May we have your number?"},"action":{"name":"request_contact_info"}}
            """
        },
        {
            new InteractiveContent.Flow("Book", new FlowCall(
                "123", "Book now", "tok-1", "START", JsonElement.Parse("""{"customer":"Ada"}"""))),
            """
            {"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3",
            "flow_token":"tok-1","flow_id":"123","flow_cta":"Book now","flow_action":"navigate",
            "flow_action_payload":{"screen":"START","data":{"customer":"Ada"}}}}}
            """
        },
        {
            new InteractiveContent.Flow("Book", new FlowCall(null, "Book now", Name: "booking", IsDraft: true)),
            """
            {"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3",
            "flow_name":"booking","flow_cta":"Book now","mode":"draft","flow_action":"data_exchange"}}}
            """
        },
        {
            new InteractiveContent.VoiceCall("Call us", "Call now", 100, "from-bot"),
            """
            {"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call","parameters":
            {"display_text":"Call now","ttl_minutes":100,"payload":"from-bot"}}}
            """
        },
        {
            new InteractiveContent.CallPermissionRequest("May we call you?"),
            """
            {"type":"call_permission_request","body":{"text":"May we call you?"},"action":{"name":"call_permission_request"}}
            """
        },
        {
            new InteractiveContent.CallPermissionRequest(),
            """{"type":"call_permission_request","action":{"name":"call_permission_request"}}"""
        },
        {
            new InteractiveContent.AddressRequest(
                "Where to?",
                "IN",
                new Dictionary<string, string> { ["name"] = "Ada" },
                [new("a1", new Dictionary<string, string> { ["city"] = "Delhi" })],
                new Dictionary<string, string> { ["in_pin_code"] = "bad" }),
            """
            {"type":"address_message","body":{"text":"Where to?"},"action":{"name":"address_message","parameters":
            {"country":"IN","values":{"name":"Ada"},"saved_addresses":[{"id":"a1","value":{"city":"Delhi"}}],
            "validation_errors":{"in_pin_code":"bad"}}}}
            """
        },
        {
            new InteractiveContent.Product("C1", "SKU1", "Fresh", "Mill Lane"),
            """
            {"type":"product","body":{"text":"Fresh"},"footer":{"text":"Mill Lane"},
            "action":{"catalog_id":"C1","product_retailer_id":"SKU1"}}
            """
        },
        {
            new InteractiveContent.ProductList("Shoes", "Our picks", "C1", [new("New", ["SKU1", "SKU2"])]),
            """
            {"type":"product_list","header":{"type":"text","text":"Shoes"},"body":{"text":"Our picks"},"action":{"catalog_id":"C1",
            "sections":[{"title":"New","product_items":[{"product_retailer_id":"SKU1"},{"product_retailer_id":"SKU2"}]}]}}
            """
        },
        {
            new InteractiveContent.Catalog("Our catalog", "SKU1"),
            """
            {"type":"catalog_message","body":{"text":"Our catalog"},"action":{"name":"catalog_message","parameters":
            {"thumbnail_product_retailer_id":"SKU1"}}}
            """
        },
        {
            new InteractiveContent.Catalog("Our catalog"),
            """{"type":"catalog_message","body":{"text":"Our catalog"},"action":{"name":"catalog_message"}}"""
        },
        {
            new InteractiveContent.MediaCarousel("Offers",
            [
                new MediaCard.Link(new InteractiveHeader.Image(Picture), "Card text", "Buy", Page),
                new MediaCard.Link(new InteractiveHeader.Image(OtherPicture), null, "Buy", Page),
            ]),
            """
            {"type":"carousel","body":{"text":"Offers"},"action":{"cards":[
            {"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://h.example/1.jpg"}},
            "body":{"text":"Card text"},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://example.com/t/1"}}},
            {"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://h.example/2.jpg"}},
            "action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://example.com/t/1"}}}]}}
            """
        },
        {
            new InteractiveContent.MediaCarousel("Offers",
            [
                new MediaCard.QuickReplies(new InteractiveHeader.Image(Picture), "One", [new("a", "More")]),
                new MediaCard.QuickReplies(new InteractiveHeader.Image(OtherPicture), "Two", [new("b", "More")]),
            ]),
            """
            {"type":"carousel","body":{"text":"Offers"},"action":{"cards":[
            {"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://h.example/1.jpg"}},
            "body":{"text":"One"},"action":{"buttons":[{"type":"quick_reply","quick_reply":{"id":"a","title":"More"}}]}},
            {"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://h.example/2.jpg"}},
            "body":{"text":"Two"},"action":{"buttons":[{"type":"quick_reply","quick_reply":{"id":"b","title":"More"}}]}}]}}
            """
        },
        {
            new InteractiveContent.ProductCarousel("Offers", "C1", ["SKU1", "SKU2"]),
            """
            {"type":"carousel","body":{"text":"Offers"},"action":{"cards":[
            {"card_index":0,"type":"product","action":{"catalog_id":"C1","product_retailer_id":"SKU1"}},
            {"card_index":1,"type":"product","action":{"catalog_id":"C1","product_retailer_id":"SKU2"}}]}}
            """
        },
        {
            new InteractiveContent.OrderDetails("Your order", JsonElement.Parse("""{"reference_id":"R1"}""")),
            """
            {"type":"order_details","body":{"text":"Your order"},"action":{"name":"review_and_pay","parameters":{"reference_id":"R1"}}}
            """
        },
        {
            new InteractiveContent.OrderStatus("Shipped", JsonElement.Parse("""{"reference_id":"R1"}"""), "Mill Lane"),
            """
            {"type":"order_status","body":{"text":"Shipped"},"footer":{"text":"Mill Lane"},
            "action":{"name":"review_order","parameters":{"reference_id":"R1"}}}
            """
        },
    };

    public static TheoryData<TemplateComponent, string> Components => new()
    {
        {
            new TemplateComponent.Header(new TemplateParameter.Text("Ada", "customer")),
            """{"type":"header","parameters":[{"type":"text","parameter_name":"customer","text":"Ada"}]}"""
        },
        {
            new TemplateComponent.Header(new TemplateParameter.Gif(Picture)),
            """{"type":"header","parameters":[{"type":"gif","gif":{"link":"https://h.example/1.jpg"}}]}"""
        },
        {
            new TemplateComponent.Header(new TemplateParameter.Product("SKU", "C")),
            """{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"SKU","catalog_id":"C"}}]}"""
        },
        {
            new TemplateComponent.FlowButton(0, "t", JsonElement.Parse("""{"k":"v"}""")),
            """
            {"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":
            {"flow_token":"t","flow_action_data":{"k":"v"}}}]}
            """
        },
        {
            new TemplateComponent.CatalogButton(0, "SKU"),
            """
            {"type":"button","sub_type":"catalog","index":"0","parameters":[{"type":"action","action":
            {"thumbnail_product_retailer_id":"SKU"}}]}
            """
        },
        {
            new TemplateComponent.ProductsButton(0, "SKU", [new("A", ["SKU"])]),
            """
            {"type":"button","sub_type":"mpm","index":"0","parameters":[{"type":"action","action":
            {"thumbnail_product_retailer_id":"SKU","sections":[{"title":"A","product_items":[{"product_retailer_id":"SKU"}]}]}}]}
            """
        },
        {
            new TemplateComponent.VoiceCallButton(0, 100, "p"),
            """
            {"type":"button","sub_type":"voice_call","index":"0","parameters":[{"type":"ttl_minutes","ttl_minutes":100},
            {"type":"payload","payload":"p"}]}
            """
        },
        {
            new TemplateComponent.OrderDetailsButton(0, JsonElement.Parse("""{"reference_id":"R1"}""")),
            """
            {"type":"button","sub_type":"order_details","index":"0","parameters":[{"type":"action","action":
            {"order_details":{"reference_id":"R1"}}}]}
            """
        },
        {
            new TemplateComponent.LimitedTimeOffer(DateTimeOffset.FromUnixTimeMilliseconds(1767225600000)),
            """
            {"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":
            {"expiration_time_ms":1767225600000}}]}
            """
        },
        {
            new TemplateComponent.LinkPreview(Page, "Offer"),
            """
            {"type":"tap_target_configuration","parameters":[{"type":"tap_target_configuration",
            "tap_target_configuration":[{"url":"https://example.com/t/1","title":"Offer"}]}]}
            """
        },
        {
            new TemplateComponent.Carousel(
            [
                [
                    new TemplateComponent.Header(new TemplateParameter.Image(new MediaRef.Id("M1"))),
                    TemplateComponent.Body.Positional("Ada"),
                    new TemplateComponent.UrlButton(0, "1"),
                ],
                [new TemplateComponent.Header(new TemplateParameter.Product("SKU", "C"))],
            ]),
            """
            {"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"M1"}}]},
            {"type":"body","parameters":[{"type":"text","text":"Ada"}]},
            {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}]},
            {"card_index":1,"components":[{"type":"header","parameters":[{"type":"product","product":
            {"product_retailer_id":"SKU","catalog_id":"C"}}]}]}]}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Each_kind_has_its_wire_text(InteractiveContent content, string interactive) => Assert.Equal(
        $$"""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+491","type":"interactive","interactive":{{OneLine(interactive)}}}""",
        new OutboundMessage(new Recipient.Phone("491"), new OutboundContent.Interactive(content)).ToJson());

    [Theory]
    [MemberData(nameof(Components))]
    public void Each_template_component_has_its_wire_text(TemplateComponent component, string json)
    {
        var message = new OutboundMessage(
            new Recipient.Phone("491"), new OutboundContent.Template("spring", "de", [component]));

        Assert.Equal(
            $$$"""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+491","type":"template","template":{"name":"spring","language":{"code":"de"},"components":[{{{OneLine(json)}}}]}}""",
            message.ToJson());
    }

    [Fact]
    public void A_one_time_password_goes_twice()
    {
        var message = new OutboundMessage(
            new Recipient.Phone("491"),
            new OutboundContent.Template("login", "de", TemplateComponent.OneTimePassword("123456")));

        Assert.EndsWith(
            """
            "components":[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]}}
            """,
            message.ToJson(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_gets_texts_and_pins()
    {
        var group = new Recipient.Group("G1");

        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"group","to":"G1","type":"text","text":{"body":"Hi"}}""",
            new OutboundMessage(group, new OutboundContent.Text("Hi")).ToJson());
        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"group","to":"G1","type":"pin","pin":{"type":"pin","message_id":"wamid.A","expiration_days":7}}""",
            new OutboundMessage(group, new OutboundContent.Pin("wamid.A", 7)).ToJson());
        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"group","to":"G1","type":"pin","pin":{"type":"unpin","message_id":"wamid.A"}}""",
            new OutboundMessage(group, new OutboundContent.Unpin("wamid.A")).ToJson());
    }

    [Fact]
    public void The_envelope_carries_identity_account_and_direct_send()
    {
        var message = new OutboundMessage(new Recipient.Phone("491"), new OutboundContent.Text("Hi"))
        {
            RecipientIdentityKeyHash = "h=",
            MessagingAccountId = "77",
            DirectSend = new DirectSend("utility", 600, "order_news"),
        };

        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+491","recipient_identity_key_hash":"h=","messaging_account_id":"77","category":"utility","ttl_seconds":600,"direct_send_config":{"template_name":"order_news"},"type":"text","text":{"body":"Hi"}}""",
            message.ToJson());
    }

    [Fact]
    public void Content_is_not_shown_when_written_to_a_log()
    {
        var content = new OutboundContent.Interactive(new InteractiveContent.LocationRequest("Where are you, Ada?"));

        Assert.DoesNotContain("Ada", $"{content} {content.Content}", StringComparison.Ordinal);
    }

    /// <summary>The expected texts are broken where a line ends; none of them has a line break of its own.</summary>
    private static string OneLine(string json) => json.Replace("\n", "", StringComparison.Ordinal);
}
