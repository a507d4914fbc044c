using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Tests.Templates;

public sealed class TemplateDefinitionTests
{
    [Fact]
    public void A_coupon_may_be_as_long_when_it_is_sent_as_when_it_is_composed()
    {
        var view = ReadTemplateView.Of("sale", "en", "MARKETING", """[{"type":"BODY","text":"Sale"},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SPRING"}]}]""");

        Assert.Equal(20, Assert.Single(view.Fields, field => field.Kind == TemplateFieldKind.CopyCode).MaxLength);
    }

    private static readonly Dictionary<long, WhatsAppFile> Files = new() { [1] = new("M1", "invoice.pdf") };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_combination_goes_over_the_wire_as_Meta_describes_it(string components, string values, string wire)
    {
        var view = Read(components);
        var given = Values(values);
        Assert.True(view.Sendable, view.NotSendableBecause);
        Assert.Null(TemplateValueRules.Problem(view, given));

        var built = BuildTemplateMessage.Run(view, given, Files);

        var json = new OutboundMessage(new Recipient.Phone("491701234567"), built).ToJson();
        Assert.Contains($"\"components\":{wire}", json, StringComparison.Ordinal);
    }

    /// <summary>A text without a zone is universal time, as it was when it was checked; what comes out is, too, wherever the program runs.</summary>
    [Theory]
    [InlineData("2026-12-24T18:00")]
    [InlineData("2026-12-24T20:00+02:00")]
    public void The_end_of_an_offer_goes_out_as_it_was_checked_and_not_in_the_zone_of_the_machine(string end)
    {
        var view = Read(
            """[{"type":"BODY","text":"Look"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}}]""");
        var built = BuildTemplateMessage.Run(view, new TemplateValues(new Dictionary<string, string> { [ReadTemplateParts.OfferEnd] = end }), Files);

        var sent = Assert.Single(built.Components!.OfType<TemplateComponent.LimitedTimeOffer>()).Expires;

        Assert.True(sent.EqualsExact(new DateTimeOffset(2026, 12, 24, 18, 0, 0, TimeSpan.Zero)), $"{sent:O}");
    }

    [Theory]
    [InlineData("""[{"type":"BODY","text":"\ud83d"}]""", "pickup")]
    [InlineData("""[{"type":"BODY","text":"Bread"},{"type":"FOOTER","text":"\ud83d"}]""", "pickup bread")]
    [InlineData("""[{"type":"BODY","\ud83d":"x","text":"Bread"}]""", "pickup")]
    public void A_definition_with_half_a_character_is_found_by_what_can_be_read_of_it(string components, string found)
    {
        Assert.StartsWith(found, TemplateSearchText.Of("pickup", components), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_search_reads_never_ends_with_half_a_character()
    {
        var components = $$"""[{"type":"BODY","text":"{{string.Concat(Enumerable.Repeat("🥐", 5000))}}"}]""";

        foreach (var name in (string[])["a", "ab"])
        {
            var text = TemplateSearchText.Of(name, components);
            Assert.InRange(text.Length, 7_999, 8_000);
            Assert.False(char.IsHighSurrogate(text[^1]));
        }
    }

    public static TheoryData<string, string, string> Combinations() => new()
    {
        {
            """[{"type":"BODY","text":"Hello {{1}}, order {{2}}."}]""",
            "body.1=Ada;body.2=A-1",
            """[{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":"A-1"}]}]"""
        },
        {
            """[{"type":"HEADER","format":"TEXT","text":"Order {{order_no}}"},{"type":"BODY","text":"Hello {{first_name}}, {{first_name}}!"}]""",
            "header.order_no=A-1;body.first_name=Ada",
            """[{"type":"header","parameters":[{"type":"text","parameter_name":"order_no","text":"A-1"}]},{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ada"}]}]"""
        },
        {
            """[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Look"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]""",
            "media",
            """[{"type":"header","parameters":[{"type":"image","image":{"id":"M1"}}]}]"""
        },
        {
            """[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Invoice for {{1}}"}]""",
            "media;body.1=Ada",
            """[{"type":"header","parameters":[{"type":"document","document":{"id":"M1","filename":"invoice.pdf"}}]},{"type":"body","parameters":[{"type":"text","text":"Ada"}]}]"""
        },
        {
            """[{"type":"HEADER","format":"VIDEO"},{"type":"BODY","text":"Look"}]""",
            "media",
            """[{"type":"header","parameters":[{"type":"video","video":{"id":"M1"}}]}]"""
        },
        {
            """[{"type":"BODY","text":"Track"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"URL","text":"Track","url":"https://a.example/t/{{1}}"},{"type":"COPY_CODE","example":"SAVE10"}]}]""",
            "button.1=AO-7;button.2=CEDAR20",
            """[{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"AO-7"}]},{"type":"button","sub_type":"copy_code","index":"2","parameters":[{"type":"coupon_code","coupon_code":"CEDAR20"}]}]"""
        },
    };

    [Fact]
    public void A_template_without_variables_has_no_components()
    {
        var view = Read("""[{"type":"BODY","text":"All well?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]""");

        var built = BuildTemplateMessage.Run(view, TemplateValues.None, Files);

        Assert.Empty(built.Components ?? []);
        Assert.DoesNotContain(view.Fields, field => field.Required);
    }

    [Fact]
    public void A_location_header_carries_the_place()
    {
        var view = Read("""[{"type":"HEADER","format":"LOCATION"},{"type":"BODY","text":"Come by"}]""");
        var values = TemplateValues.None with { HeaderLocation = new MessageContent.Location(52.52, 13.4, "Shop", "Street 1") };

        var header = Assert.IsType<TemplateComponent.Header>(Assert.Single(BuildTemplateMessage.Run(view, values, Files).Components!));

        Assert.Equal(new TemplateParameter.Location(52.52, 13.4, "Shop", "Street 1"), header.Parameter);
        Assert.NotNull(TemplateValueRules.Problem(view, TemplateValues.None));
        Assert.NotNull(TemplateValueRules.Problem(view, values with { HeaderLocation = new MessageContent.Location(91, 0, null, null) }));
    }

    [Fact]
    public void Fields_come_with_samples_and_the_room_they_have()
    {
        var view = Read(
            """
            [{"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["A-1"]}},
             {"type":"BODY","text":"Hi {{1}} and {{2}}","example":{"body_text":[["Ada","Bob"]]}},
             {"type":"BUTTONS","buttons":[{"type":"URL","text":"Go","url":"https://a.example/{{1}}","example":["https://a.example/x"]}]}]
            """);

        Assert.Equal(
            [("header.1", "A-1", 54), ("body.1", "Ada", 1016), ("body.2", "Bob", 1016), ("button.0", "x", 1982)],
            view.Fields.Select(field => (field.Key, field.Sample!, field.MaxLength)));
    }

    [Theory]
    [InlineData("""[{"type":"HEADER","format":"GIF"},{"type":"BODY","text":"x"}]""", "GIF")]
    [InlineData("""[{"type":"BODY","text":"x"},{"type":"BUTTONS","buttons":[{"type":"APP","text":"Open"}]}]""", "APP")]
    [InlineData("""[{"type":"BODY","text":"x"},{"type":"CAROUSEL","cards":[]}]""", "could not be read")]
    [InlineData("""[{"type":"SOMETHING_NEW"}]""", "SOMETHING_NEW")]
    [InlineData("not json", "could not be read")]
    public void What_cannot_be_filled_in_is_said_in_words(string components, string word)
    {
        var view = Read(components);

        Assert.False(view.Sendable);
        Assert.Contains(word, view.NotSendableBecause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ada\nLovelace")]
    [InlineData("Ada\tLovelace")]
    [InlineData("Ada     Lovelace")]
    [InlineData("")]
    [InlineData("   ")]
    public void Values_that_WhatsApp_refuses_are_refused_here(string value)
    {
        var view = Read("""[{"type":"BODY","text":"Hello {{1}}"}]""");

        Assert.NotNull(TemplateValueRules.Problem(view, new TemplateValues(new Dictionary<string, string> { ["body.1"] = value })));
        Assert.Null(TemplateValueRules.Problem(view, new TemplateValues(new Dictionary<string, string> { ["body.1"] = "Ada    O'Brien <\"&>" })));
    }

    [Fact]
    public void The_filled_in_text_must_fit_as_a_whole()
    {
        var view = Read("""[{"type":"BODY","text":"{{1}} and {{2}}"}]""");
        var half = new string('a', 600);

        Assert.NotNull(TemplateValueRules.Problem(view, new TemplateValues(new Dictionary<string, string> { ["body.1"] = half, ["body.2"] = half })));
    }

    [Fact]
    public void The_preview_shows_placeholders_until_they_are_filled()
    {
        var view = Read(
            """[{"type":"BODY","text":"Hi {{1}}, {{2}}"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Go","url":"https://a.example/{{1}}"}]}]""");

        var shown = RenderTemplate.Run(view, new TemplateValues(new Dictionary<string, string> { ["body.2"] = "{{1}}", ["button.0"] = "x" }));

        Assert.Equal("Hi {{1}}, {{1}}", shown.Body);
        Assert.Equal("https://a.example/x", Assert.Single(shown.Buttons).Target);
    }

    private static TemplateView Read(string components) => TemplateDefinition.Read(new Template
    {
        Name = "t",
        Language = "en",
        Status = "APPROVED",
        Category = "UTILITY",
        ComponentsJson = components,
    });

    private static TemplateValues Values(string text)
    {
        var parts = text.Split(';');
        return new TemplateValues(
            parts.Where(part => part.Contains('=', StringComparison.Ordinal)).Select(part => part.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
            parts.Contains("media") ? 1 : null);
    }
}
