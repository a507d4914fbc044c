using FsCheck.Xunit;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Tests.Conversations;

public sealed class ContentJsonTests
{
    public static TheoryData<MessageContent> Every =>
    [
        new MessageContent.Location(1.5, -2, "Shop", null),
        new MessageContent.ContactCards([new ContactCard("Bo", ["+45 1"], ["bo@example.test"], "Acme")]),
        new MessageContent.Choice("id", "Yes", null),
        new MessageContent.FormAnswers([new FormAnswer("a", "b")]),
        new MessageContent.Order("c", "note", [new OrderLine("p", 2, 9.99m, "EUR")]),
        new MessageContent.ProductQuestion("c", "p"),
        new MessageContent.Referral("h", null, "https://example.test", "ad"),
        new MessageContent.SentTemplate("n", "en", "UTILITY", null, "Body", null, [new TemplateButton("URL", "Open", "https://example.test")], null),
        new MessageContent.SentInteractive(
            "list", "Hi", "Pick", null, [new TemplateButton("LIST", "Open", null)], [new ChoiceSection("A", [new ChoiceRow("Wax", null)])],
            [new SentCard("One", [])], null),
        new MessageContent.CallPermission(true, false, new DateTime(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc)),
        new MessageContent.Call(true, CallOutcome.Missed, null),
        new MessageContent.Notice("number_changed", null),
        new MessageContent.Unsupported("poll", 131051, null),
        new MessageContent.Voice(true, 4),
        new MessageContent.StickerInfo(true),
        new MessageContent.Automatic("away"),
        new MessageContent.TeamNote(["Ana", "Bo"]),
        new MessageContent.Activity("assigned", "Ana", "Bo", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
    ];

    [Theory, MemberData(nameof(Every))]
    public void Every_kind_reads_back_equal(MessageContent content)
    {
        var once = ContentJson.Read(ContentJson.Write(content));

        Assert.Equal(content.GetType(), once?.GetType());
        Assert.Equal(once, ContentJson.Read(ContentJson.Write(once!)));
        Assert.Equal(ContentJson.Write(content), ContentJson.Write(once!));
    }

    [Fact]
    public void No_kind_is_left_out_of_the_test() =>
        Assert.Equal(
            typeof(MessageContent).GetNestedTypes().Select(type => type.Name).Order(),
            Every.Select(row => row.Data.GetType().Name).Order());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"$kind":null,"value":{}}""")]
    [InlineData("""{"$kind":"Hologram","value":{}}""")]
    [InlineData("""{"$kind":"MessageContent","value":{}}""")]
    [InlineData("""{"$kind":"ContactCards"}""")]
    [InlineData("""{"$kind":"ContactCards","value":{}}""")]
    [InlineData("""{"$kind":"ContactCards","value":{"cards":null}}""")]
    [InlineData("""{"$kind":"ContactCards","value":{"cards":[null]}}""")]
    [InlineData("""{"$kind":"ContactCards","value":{"cards":[{"name":"Bo"}]}}""")]
    [InlineData("""{"$kind":"Location","value":{"latitude":"north"}}""")]
    [InlineData("""{"$kind":"Choice","value":{"id":"1"}}""")]
    public void What_cannot_be_drawn_reads_as_nothing(string? json) => Assert.Null(ContentJson.Read(json));

    [Fact]
    public void A_field_added_later_does_not_hide_old_content() =>
        Assert.Equal(
            new MessageContent.Activity("assigned", "Ana", null),
            ContentJson.Read("""{"$kind":"Activity","value":{"type":"assigned","actor":"Ana","colour":"blue"}}"""));

    /// <summary>Throwing would fail the property; what comes out besides is either nothing or storable content.</summary>
    [Property]
    public bool Reading_never_throws(string? json) =>
        Storable(ContentJson.Read(json)) && Storable(ContentJson.Read($$"""{"$kind":"Order","value":{{json}}}"""));

    private static bool Storable(MessageContent? content) => content is null || ContentJson.Write(content).Length > 0;
}
