using System.Text.RegularExpressions;
using WaConsole.CloudApi;
using WaConsole.CloudApi.Tests.OpenApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Tests.Templates;

/// <summary>
/// Every header with every set of buttons, with numbered and with named variables, as requests: each field goes out once, and Meta's
/// OpenAPI file of v23.0 agrees as far as it knows templates.
/// </summary>
public sealed partial class TemplateCombinationTests
{
    private static readonly Lazy<Task<MetaSchemas>> Meta = new(() => MetaSchemas.LoadAsync(CancellationToken.None));

    private static readonly (string Name, string Definition, string? Wire)[] Headers =
    [
        ("no header", "", null),
        ("fixed text", """{"type":"HEADER","format":"TEXT","text":"News"},""", null),
        ("text", """{"type":"HEADER","format":"TEXT","text":"News for {{order_no}}"},""", """{"type":"text",#"text":"H"}"""),
        ("picture", """{"type":"HEADER","format":"IMAGE"},""", """{"type":"image","image":{"id":"M1"}}"""),
        ("film", """{"type":"HEADER","format":"VIDEO"},""", """{"type":"video","video":{"id":"M1"}}"""),
        ("document", """{"type":"HEADER","format":"DOCUMENT"},""", """{"type":"document","document":{"id":"M1","filename":"a.pdf"}}"""),
        ("place", """{"type":"HEADER","format":"LOCATION"},""",
            """{"type":"location","location":{"latitude":"52.52","longitude":"13.4","name":"Shop","address":"Street 1"}}"""),
        ("product", """{"type":"HEADER","format":"PRODUCT"},""", """{"type":"product","product":{"product_retailer_id":"SKU1","catalog_id":"C1"}}"""),
    ];

    private static readonly (string Name, string Definition, string Wire)[] Buttons =
    [
        ("no buttons", "", ""),
        ("quick replies", """{"type":"QUICK_REPLY","text":"Yes"},{"type":"QUICK_REPLY","text":"No"}""",
            """{"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"P1"}]}"""),
        ("links", """{"type":"URL","text":"Home","url":"https://a.example/"},{"type":"URL","text":"Track","url":"https://a.example/{{1}}"}""",
            """{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"P1"}]}"""),
        ("phone and coupon", """{"type":"PHONE_NUMBER","text":"Call","phone_number":"+351210000000"},{"type":"COPY_CODE","example":"SAVE10"}""",
            """{"type":"button","sub_type":"copy_code","index":"1","parameters":[{"type":"coupon_code","coupon_code":"P1"}]}"""),
        ("form behind a quick reply", """{"type":"QUICK_REPLY","text":"Later"},{"type":"FLOW","text":"Book","flow_id":"1"}""",
            """{"type":"button","sub_type":"flow","index":"1","parameters":[{"type":"action","action":{"flow_token":"P1"}}]}"""),
        ("catalogue", """{"type":"QUICK_REPLY","text":"Later"},{"type":"CATALOG","text":"View catalog"}""",
            """{"type":"button","sub_type":"catalog","index":"1","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"P1"}}]}"""),
        ("call", """{"type":"QUICK_REPLY","text":"Later"},{"type":"VOICE_CALL","text":"Call"}""",
            """{"type":"button","sub_type":"voice_call","index":"1","parameters":[{"type":"payload","payload":"P1"}]}"""),
        ("number", """{"type":"REQUEST_CONTACT_INFO"}""", ""),
    ];

    public static IEnumerable<TheoryDataRow<string, string, bool>> All() =>
        from header in Headers
        from buttons in Buttons
        from named in new[] { false, true }
        select new TheoryDataRow<string, string, bool>(header.Name, buttons.Name, named);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_goes_out_as_Meta_describes_it(string header, string buttons, bool named)
    {
        var head = Headers.Single(one => one.Name == header);
        var foot = Buttons.Single(one => one.Name == buttons);
        var variable = named ? "first_name" : "1";
        var definition = "[" + head.Definition.Replace("{{order_no}}", named ? "{{order_no}}" : "{{1}}", StringComparison.Ordinal)
            + $$$"""{"type":"BODY","text":"Hello {{{{{variable}}}}}, well."}"""
            + (foot.Definition.Length == 0 ? "" : $$""",{"type":"BUTTONS","buttons":[{{foot.Definition}}]}""") + "]";
        var view = TemplateDefinition.Read(new Template { Name = "t", Language = "en", Status = "APPROVED", Category = "MARKETING", ComponentsJson = definition });
        var values = new TemplateValues(
            new Dictionary<string, string>
            {
                ["header." + (named ? "order_no" : "1")] = "H",
                ["body." + variable] = "B",
                ["header.product"] = "SKU1",
                ["catalog"] = "C1",
                [foot.Name == "form behind a quick reply" ? "button.1.token" : "button.1"] = "P1",
            },
            HeaderMediaFileId: 1,
            new MessageContent.Location(52.52, 13.4, "Shop", "Street 1"));
        Assert.True(view.Sendable, view.NotSendableBecause);
        Assert.Null(TemplateValueRules.Problem(view, values));

        var json = new OutboundMessage(
            new Recipient.Phone("491701234567"),
            BuildTemplateMessage.Run(view, values, new Dictionary<long, WhatsAppFile> { [1] = new("M1", "a.pdf") })).ToJson();

        var expected = string.Join(',', new[]
        {
            head.Wire is { } wire ? $$"""{"type":"header","parameters":[{{wire.Replace("#", named ? "\"parameter_name\":\"order_no\"," : "", StringComparison.Ordinal)}}]}""" : "",
            $$"""{"type":"body","parameters":[{"type":"text",{{(named ? "\"parameter_name\":\"first_name\"," : "")}}"text":"B"}]}""",
            foot.Wire,
        }.Where(part => part.Length > 0));
        Assert.Contains($"\"components\":[{expected}]", json, StringComparison.Ordinal);
        Assert.Empty(await UnknownFaultsAsync(json));
    }

    [Fact]
    public async Task The_file_finds_a_template_that_is_wrong() => Assert.NotEmpty(await UnknownFaultsAsync(
        """{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"template","template":{"language":{"code":"en","policy":"deterministic"},"components":[]}}"""));

    /// <summary>What the file has against it, whatever place the component stands at, without what Meta's newer pages say otherwise.</summary>
    private static async Task<IReadOnlyList<string>> UnknownFaultsAsync(string json)
    {
        var meta = await Meta.Value;
        var known = KnownDifferences.All.Where(difference => difference.Names.Any(name => name.StartsWith("template", StringComparison.Ordinal)))
            .Select(difference => difference.Fault).ToHashSet(StringComparer.Ordinal);
        return [.. meta.Faults(meta.Find("POST", "/v26.0/1/messages")!, json).Where(fault => !known.Contains(Place().Replace(fault, "components[0]")))];
    }

    [GeneratedRegex(@"components\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
