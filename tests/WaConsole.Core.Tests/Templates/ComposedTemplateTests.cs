using System.Text.Json.Nodes;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Tests.Templates;

public sealed class ComposedTemplateTests
{
    public static TheoryData<string> Kinds => [.. Every.All.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_comes_back_from_WhatsApps_components_as_it_was_composed(string kind)
    {
        var composed = Every.All[kind];

        var read = ReadComponents.Run(composed.Name, composed.Language, composed.Category, composed.Named, WriteComponents.Run(composed)) with
        {
            SubCategory = composed.SubCategory,
            DisplayFormat = composed.DisplayFormat,
        };

        Assert.Equivalent(composed, read, strict: true);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_comes_back_from_the_column_of_a_draft(string kind)
    {
        var composed = PreviewDraft.WithMedia(
            Every.All[kind] with { TtlSeconds = 600 }, (file, index) => file with { MediaFileId = index + 7, HandleAppId = "app" });

        Assert.Equivalent(composed, DraftJson.Read(DraftJson.Write(composed)), strict: true);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_right_breaks_no_rule_of_severity_error(string kind) =>
        Assert.DoesNotContain(TemplateRules.Check(Every.All[kind]), finding => finding.Severity == FindingSeverity.Error);

    [Theory, MemberData(nameof(Kinds))]
    public void The_preview_shows_the_samples_in_the_places_of_the_variables(string kind)
    {
        var composed = Every.All[kind];

        var preview = PreviewDraft.Run(composed);

        Assert.DoesNotContain("{{", preview.Shown.Body, StringComparison.Ordinal);
        Assert.Contains(composed.Code is null ? "Mill Lane" : "123456", preview.Shown.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_goes_back_as_it_came()
    {
        const string Components =
            """
            [{"type":"BODY","text":"Hello there, friend.","mood":{"a":[1,null]}},
             {"type":"FOOTER","text":"Oak","shade":"dark"},
             {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes","tone":3},{"type":"REMINDER","text":"Later","at":[1]}]},
             {"type":"HOLOGRAM","depth":3}]
            """;

        var written = WriteComponents.Run(ReadComponents.Run("a", "en", "UTILITY", named: false, Components));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Components), JsonNode.Parse(written)), written);
    }

    [Fact]
    public void What_WhatsApp_reads_back_of_a_sign_in_code_is_the_code_that_was_composed()
    {
        const string Components =
            """
            [{"type":"BODY","text":"*{{1}}* is your verification code.","add_security_recommendation":true,"example":{"body_text":[["123456"]]}},
             {"type":"FOOTER","text":"This code expires in 5 minutes.","code_expiration_minutes":5},
             {"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&cta_display_name=Autofill&package_name=com.acme.app&signature_hash=K8a%2FAINcGX7&code=otp{{1}}","example":["https://www.whatsapp.com/otp/code/?code=otp123456"]}]}]
            """;

        var read = ReadComponents.Run("login_code", "en_US", "AUTHENTICATION", named: false, Components);

        Assert.Equivalent(
            new ComposedCode(CodeDelivery.OneTap, ExpiresInMinutes: 5, Label: "Copy code", FillInLabel: "Autofill", Apps: [new CodeApp("com.acme.app", "K8a/AINcGX7")]),
            read.Code, strict: true);
        Assert.Empty(read.Others);
    }

    [Fact]
    public void An_example_WhatsApp_shows_by_its_address_is_not_submitted_for_a_handle()
    {
        var read = ReadComponents.Run(
            "a", "en", "UTILITY", named: false,
            """[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://scontent.example/x.jpg"]}},{"type":"BODY","text":"Hello there."}]""");

        Assert.Equal(new ComposedMedia(HeaderMediaKind.Image, Address: "https://scontent.example/x.jpg"), Assert.Single(PreviewDraft.MediaOf(read)));
        Assert.DoesNotContain("header_handle", WriteComponents.Run(read), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_counted_and_renamed_with_their_samples()
    {
        Assert.Equal("3", VariablesOf.Next("a {{1}} b {{2}} c", named: false));
        Assert.Equal("value_2", VariablesOf.Next("a {{value_1}} b", named: true));
        var renumbered = VariablesOf.Renumbered(new ComposedText("a {{5}} b {{2}} c {{5}}", ("5", "five"), ("2", "two")));
        Assert.Equal("a {{1}} b {{2}} c {{1}}", renumbered.Text);
        Assert.Equal("five", renumbered.Samples["1"]);
        Assert.Equal("two", renumbered.Samples["2"]);
    }

    [Fact]
    public void Counters_count_the_text_the_customer_gets()
    {
        var counters = TemplateCounters.Of(Every.All["offer"]).ToDictionary(counter => counter.Field);

        Assert.Equal(VariablesOf.Filled(Every.Plain.Body).Length, counters["body"].Used);
        Assert.Equal(600, counters["body"].Most);
        Assert.Equal(new TemplateCounter("offer.text", 9, 16), counters["offer.text"]);
        Assert.Equal(20, counters["buttons[0].sample"].Most);
    }
}
