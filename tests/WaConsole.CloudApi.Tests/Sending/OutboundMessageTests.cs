using System.Text;
using System.Text.Json;

namespace WaConsole.CloudApi.Tests.Sending;

/// <summary>Wire text, to the letter: order, spelling and what is left out.</summary>
public sealed class OutboundMessageTests
{
    private const string Head = """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+4917012345678"}""";

    private static readonly Recipient Ada = new Recipient.Phone("+49 (170) 1234-5678");

    public static TheoryData<OutboundContent, string> Contents => new()
    {
        { new OutboundContent.Text("Hello"), """{"type":"text","text":{"body":"Hello"}}""" },
        {
            new OutboundContent.Text("See https://example.com", PreviewUrl: true),
            """{"type":"text","text":{"body":"See https://example.com","preview_url":true}}"""
        },
        {
            new OutboundContent.Image(new MediaRef.Id("M1"), "A loaf"),
            """{"type":"image","image":{"id":"M1","caption":"A loaf"}}"""
        },
        {
            new OutboundContent.Image(new MediaRef.Link(new Uri("https://host.example/x y.jpg?v=1&w=2"))),
            """{"type":"image","image":{"link":"https://host.example/x%20y.jpg?v=1&w=2"}}"""
        },
        {
            new OutboundContent.Video(new MediaRef.Id("M2"), "Baking"),
            """{"type":"video","video":{"id":"M2","caption":"Baking"}}"""
        },
        {
            new OutboundContent.Audio(new MediaRef.Id("M3"), Voice: true),
            """{"type":"audio","audio":{"id":"M3","voice":true}}"""
        },
        { new OutboundContent.Audio(new MediaRef.Id("M3")), """{"type":"audio","audio":{"id":"M3"}}""" },
        {
            new OutboundContent.Document(new MediaRef.Id("M4"), "invoice.pdf", "For October"),
            """{"type":"document","document":{"id":"M4","caption":"For October","filename":"invoice.pdf"}}"""
        },
        { new OutboundContent.Sticker(new MediaRef.Id("M5")), """{"type":"sticker","sticker":{"id":"M5"}}""" },
        {
            new OutboundContent.Location(52.52, -13.405, "Shop", "Street 1"),
            """{"type":"location","location":{"latitude":"52.52","longitude":"-13.405","name":"Shop","address":"Street 1"}}"""
        },
        {
            new OutboundContent.Location(0, 0.00000001),
            """{"type":"location","location":{"latitude":"0","longitude":"0.00000001"}}"""
        },
        {
            new OutboundContent.Contacts(
            [
                new ContactCard(new ContactName("Ada L.", FirstName: "Ada"))
                {
                    Phones = [new ContactPhone("+49301234", "WORK", "49301234")],
                    Emails = [new ContactEmail("a@example.com", "WORK")],
                    Addresses = [new ContactAddress(City: "Berlin", CountryCode: "de", Type: "HOME")],
                    Org = new ContactOrganisation("Mill Lane", Title: "Baker"),
                    Birthday = "1990-01-31",
                    Urls = [new ContactUrl("https://example.com", "WORK")],
                },
            ]),
            """{"type":"contacts","contacts":[{"name":{"formatted_name":"Ada L.","first_name":"Ada"}"""
                + ""","phones":[{"phone":"+49301234","type":"WORK","wa_id":"49301234"}]"""
                + ""","emails":[{"email":"a@example.com","type":"WORK"}]"""
                + ""","addresses":[{"city":"Berlin","country_code":"de","type":"HOME"}]"""
                + ""","org":{"company":"Mill Lane","title":"Baker"}"""
                + ""","birthday":"1990-01-31","urls":[{"url":"https://example.com","type":"WORK"}]}]}"""
        },
        {
            new OutboundContent.Reaction("wamid.AAA", "❤"),
            """{"type":"reaction","reaction":{"message_id":"wamid.AAA","emoji":"❤"}}"""
        },
        {
            new OutboundContent.Reaction("wamid.AAA", Emoji: null),
            """{"type":"reaction","reaction":{"message_id":"wamid.AAA","emoji":""}}"""
        },
        {
            new OutboundContent.Template("hello", "en_US"),
            """{"type":"template","template":{"name":"hello","language":{"code":"en_US"}}}"""
        },
        {
            new OutboundContent.Raw("interactive", JsonElement.Parse("""{"type":"button","body":{"text":"?"}}""")),
            """{"type":"interactive","interactive":{"type":"button","body":{"text":"?"}}}"""
        },
    };

    public static TheoryData<TemplateComponent, string> Components => new()
    {
        {
            new TemplateComponent.Header(new TemplateParameter.Text("Ada")),
            """{"type":"header","parameters":[{"type":"text","text":"Ada"}]}"""
        },
        {
            new TemplateComponent.Header(new TemplateParameter.Image(new MediaRef.Id("M"))),
            """{"type":"header","parameters":[{"type":"image","image":{"id":"M"}}]}"""
        },
        {
            new TemplateComponent.Header(
                new TemplateParameter.Video(new MediaRef.Link(new Uri("https://h.example/v.mp4")))),
            """{"type":"header","parameters":[{"type":"video","video":{"link":"https://h.example/v.mp4"}}]}"""
        },
        {
            new TemplateComponent.Header(new TemplateParameter.Document(new MediaRef.Id("M"), "menu.pdf")),
            """{"type":"header","parameters":[{"type":"document","document":{"id":"M","filename":"menu.pdf"}}]}"""
        },
        {
            new TemplateComponent.Header(new TemplateParameter.Location(1.5, 2, "Shop", "Street 1")),
            """{"type":"header","parameters":[{"type":"location","location":"""
                + """{"latitude":"1.5","longitude":"2","name":"Shop","address":"Street 1"}}]}"""
        },
        {
            TemplateComponent.Body.Positional("Ada", "", "A-1042"),
            """{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":""},{"type":"text","text":"A-1042"}]}"""
        },
        {
            TemplateComponent.Body.Named([new("first_name", "Ada"), new("shop", "Mill Lane")]),
            """{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ada"},"""
                + """{"type":"text","parameter_name":"shop","text":"Mill Lane"}]}"""
        },
        {
            new TemplateComponent.Body([new TemplateParameter.Currency("$12.50", "USD", 12500)]),
            """{"type":"body","parameters":[{"type":"currency","currency":{"fallback_value":"$12.50","code":"USD","amount_1000":12500}}]}"""
        },
        {
            new TemplateComponent.Body([new TemplateParameter.DateTimeText("1 Dec 2026")]),
            """{"type":"body","parameters":[{"type":"date_time","date_time":{"fallback_value":"1 Dec 2026"}}]}"""
        },
        {
            new TemplateComponent.QuickReplyButton(0, "P1"),
            """{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"P1"}]}"""
        },
        {
            new TemplateComponent.UrlButton(1, "t/9"),
            """{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"t/9"}]}"""
        },
        {
            new TemplateComponent.CopyCodeButton(2, "SAVE10"),
            """{"type":"button","sub_type":"copy_code","index":"2","parameters":[{"type":"coupon_code","coupon_code":"SAVE10"}]}"""
        },
        {
            new TemplateComponent.Raw(JsonElement.Parse("""{"type":"limited_time_offer","parameters":[]}""")),
            """{"type":"limited_time_offer","parameters":[]}"""
        },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Each_kind_has_its_wire_text(OutboundContent content, string tail) =>
        Assert.Equal(Joined(Head, tail), new OutboundMessage(Ada, content).ToJson());

    [Theory]
    [MemberData(nameof(Components))]
    public void Each_template_component_has_its_wire_text(TemplateComponent component, string json)
    {
        var message = new OutboundMessage(Ada, new OutboundContent.Template("order_update", "de", [component]));

        Assert.Equal(
            Joined(
                Head,
                $$$"""{"type":"template","template":{"name":"order_update","language":{"code":"de"},"components":[{{{json}}}]}}"""),
            message.ToJson());
    }

    [Fact]
    public void A_user_id_goes_out_as_recipient_untouched()
    {
        var message = new OutboundMessage(new Recipient.UserId("DE.1029384756"), new OutboundContent.Text("Hi"));

        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"DE.1029384756","type":"text","text":{"body":"Hi"}}""",
            message.ToJson());
    }

    [Fact]
    public void A_reply_names_what_it_quotes_and_carries_our_own_id()
    {
        var message = new OutboundMessage(Ada, new OutboundContent.Text("Hi"))
        {
            ReplyToWamid = "wamid.AAA",
            CallbackData = "job:42",
        };

        Assert.Equal(
            Joined(Head, """{"context":{"message_id":"wamid.AAA"},"biz_opaque_callback_data":"job:42","type":"text","text":{"body":"Hi"}}"""),
            message.ToJson());
    }

    [Fact]
    public void A_reaction_has_no_context()
    {
        var message = new OutboundMessage(Ada, new OutboundContent.Reaction("wamid.AAA", "x"))
        {
            ReplyToWamid = "wamid.B",
        };

        Assert.DoesNotContain("context", message.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4917012345678")]
    [InlineData("+4917012345678")]
    [InlineData("+49 170-123 456 78")]
    public void A_phone_always_goes_out_with_a_plus(string number) =>
        Assert.Equal("+4917012345678", new Recipient.Phone(number).E164);

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("Ada")]
    public void A_phone_without_digits_is_not_a_phone(string number) =>
        Assert.Throws<ArgumentException>(() => new Recipient.Phone(number));

    [Fact]
    public void Callback_data_beyond_what_WhatsApp_echoes_is_refused()
    {
        var message = new OutboundMessage(Ada, new OutboundContent.Text("Hi"));

        Assert.Equal(512, (message with { CallbackData = new string('x', 512) }).CallbackData!.Length);
        Assert.Throws<ArgumentException>(() => message with { CallbackData = new string('x', 513) });
    }

    [Theory]
    [InlineData("Grüße, привет, שלום, 你好")]
    [InlineData("family 👩‍👩‍👧 flag 🇩🇪")]
    [InlineData("quote \" backslash \\ tab \t newline \n nul \0")]
    [InlineData("half \ud83d a pair")]
    public void Any_text_survives_as_valid_JSON(string body)
    {
        var utf8 = new OutboundMessage(Ada, new OutboundContent.Text(body)).ToUtf8();

        using var parsed = JsonDocument.Parse(utf8);
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(body));
        Assert.Equal(expected, parsed.RootElement.GetProperty("text").GetProperty("body").GetString());
    }

    [Fact]
    public void A_message_shows_neither_recipient_nor_content_when_written_to_a_log()
    {
        var message = new OutboundMessage(Ada, new OutboundContent.Text("Hello")) { CallbackData = "job:42" };

        var shown = $"{message} {message.To} {message.Content}";

        Assert.DoesNotContain("Hello", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("170", shown, StringComparison.Ordinal);
    }

    private static string Joined(string head, string tail) => $"{head[..^1]},{tail[1..]}";
}
