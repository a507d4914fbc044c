using System.Text.Json.Nodes;
using WaConsole.CloudApi.Tests.OpenApi;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Tests.Templates;

/// <summary>
/// Every header with every set of buttons, with numbered and with named variables, as the request that creates it: word by word, and Meta's
/// OpenAPI file of v23.0 agrees as far as it knows creation.
/// </summary>
public sealed class TemplateCreationTests
{
    private static readonly Lazy<Task<MetaSchemas>> Meta = new(() => MetaSchemas.LoadAsync(CancellationToken.None));

    private static readonly (string Name, Func<string, ComposedHeader?> Of, string Wire)[] Headers =
    [
        ("no header", _ => null, ""),
        ("fixed text", _ => new ComposedHeader.Text(new("News")), """{"type":"HEADER","format":"TEXT","text":"News"},"""),
        ("text", variable => new ComposedHeader.Text(new($"Order {{{{{variable}}}}} is here", (variable, "A-1042"))),
            """{"type":"HEADER","format":"TEXT","text":"Order {{#}} is here","example":~header~},"""),
        ("picture", _ => Every.Media(HeaderMediaKind.Image), """{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::handle"]}},"""),
        ("film", _ => Every.Media(HeaderMediaKind.Video), """{"type":"HEADER","format":"VIDEO","example":{"header_handle":["4::handle"]}},"""),
        ("document", _ => Every.Media(HeaderMediaKind.Document), """{"type":"HEADER","format":"DOCUMENT","example":{"header_handle":["4::handle"]}},"""),
        ("place", _ => new ComposedHeader.Location(), """{"type":"HEADER","format":"LOCATION"},"""),
        ("product", _ => new ComposedHeader.Product(), """{"type":"HEADER","format":"PRODUCT"},"""),
    ];

    private static readonly (string Name, ComposedButton[] Of, string Wire)[] Buttons =
    [
        ("no buttons", [], ""),
        ("quick replies", [new ComposedButton.QuickReply("Yes"), new ComposedButton.QuickReply("No")], """{"type":"QUICK_REPLY","text":"Yes"},{"type":"QUICK_REPLY","text":"No"}"""),
        ("links", [new ComposedButton.Url("Home", "https://a.example/"), new ComposedButton.Url("Track", "https://a.example/{{1}}", "https://a.example/7")],
            """{"type":"URL","text":"Home","url":"https://a.example/"},{"type":"URL","text":"Track","url":"https://a.example/{{1}}","example":["https://a.example/7"]}"""),
        ("phone and coupon", [new ComposedButton.Phone("Call", "+351210000000"), new ComposedButton.CopyCode("SAVE10")],
            """{"type":"PHONE_NUMBER","text":"Call","phone_number":"+351210000000"},{"type":"COPY_CODE","example":"SAVE10"}"""),
        ("form", [new ComposedButton.Flow("Book", "1234", Screen: "START")],
            """{"type":"FLOW","text":"Book","flow_id":"1234","flow_action":"navigate","navigate_screen":"START"}"""),
        ("catalogue", [new ComposedButton.Catalogue()], """{"type":"CATALOG","text":"View catalog"}"""),
        ("several products", [new ComposedButton.Products()], """{"type":"MPM","text":"View items"}"""),
        ("one product", [new ComposedButton.Product()], """{"type":"SPM","text":"View"}"""),
        ("call", [new ComposedButton.VoiceCall("Call")], """{"type":"VOICE_CALL","text":"Call"}"""),
        ("number", [new ComposedButton.ContactInfo()], """{"type":"REQUEST_CONTACT_INFO"}"""),
        ("order", [new ComposedButton.OrderDetails("Pay")], """{"type":"ORDER_DETAILS","text":"Pay"}"""),
    ];

    public static IEnumerable<TheoryDataRow<string, string, bool>> All() =>
        from header in Headers
        from buttons in Buttons
        from named in new[] { false, true }
        select new TheoryDataRow<string, string, bool>(header.Name, buttons.Name, named);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_is_created_as_Meta_describes_it(string header, string buttons, bool named)
    {
        var (_, headerOf, headerWire) = Headers.Single(one => one.Name == header);
        var (_, wanted, buttonsWire) = Buttons.Single(one => one.Name == buttons);
        var (order, who) = named ? ("order_no", "first_name") : ("1", "1");
        var template = new ComposedTemplate
        {
            Name = "t",
            Language = "en_US",
            Category = TemplateCategories.Marketing,
            Named = named,
            Header = headerOf(order),
            Body = new($"Hello {{{{{who}}}}}, well.", (who, "Ines")),
            Footer = "Harbour Bakery",
            Buttons = wanted,
        };

        var components = WriteComponents.Run(template);

        var headerExample = named ? """{"header_text_named_params":[{"param_name":"order_no","example":"A-1042"}]}""" : """{"header_text":["A-1042"]}""";
        var bodyExample = named ? """{"body_text_named_params":[{"param_name":"first_name","example":"Ines"}]}""" : """{"body_text":[["Ines"]]}""";
        var expected = "[" + headerWire.Replace("#", order, StringComparison.Ordinal).Replace("~header~", headerExample, StringComparison.Ordinal)
            + $$$"""{"type":"BODY","text":"Hello {{{{{who}}}}}, well.","example":{{{bodyExample}}}},{"type":"FOOTER","text":"Harbour Bakery"}"""
            + (buttonsWire.Length == 0 ? "" : $$""",{"type":"BUTTONS","buttons":[{{buttonsWire}}]}""") + "]";
        Assert.Equal(Plain(expected), Plain(components));
        Assert.Empty(await FaultsAsync(template));
    }

    public static TheoryData<string> Kinds => [.. Every.All.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_kind_is_created_as_Meta_describes_it(string kind) => Assert.Empty(await FaultsAsync(Every.All[kind]));

    [Fact]
    public async Task The_file_finds_a_creation_that_is_wrong()
    {
        var meta = await Meta.Value;

        Assert.NotEmpty(meta.Faults(meta.Find("POST", "/v26.0/9/message_templates")!, """{"name":1,"language":"en_US","category":"MARKETING","components":"none"}"""));
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(ComposedTemplate template)
    {
        var meta = await Meta.Value;
        var request = new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["category"] = template.Category,
            ["components"] = JsonNode.Parse(WriteComponents.Run(template)),
        };
        if (template.Named)
        {
            request["parameter_format"] = "NAMED";
        }

        return meta.Faults(meta.Find("POST", "/v26.0/9/message_templates")!, request.ToJsonString());
    }

    private static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString();
}
