using System.Text.Json;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Pure: what a bubble draws of a message as it is written to be sent (Meta, "Send messages", 2026). Messages our people wrote elsewhere
/// reach us in this form. Whatever cannot be read is left out; the raw item keeps it.
/// </summary>
internal static class SentContent
{
    private const int MaxList = 50;

    /// <param name="message">The message with <c>type</c> and the object named like it.</param>
    /// <returns>Null when it is neither interactive nor a template.</returns>
    public static MessageContent? Of(JsonElement message) => Text(message, "type") switch
    {
        "interactive" when Member(message, "interactive") is { } interactive && Member(interactive, "action") is not null => Interactive(interactive),
        "template" when Member(message, "template") is { } template => Template(template),
        _ => null,
    };

    private static MessageContent.SentInteractive Interactive(JsonElement interactive)
    {
        var action = Member(interactive, "action") ?? default;
        var header = Member(interactive, "header") ?? default;
        return new MessageContent.SentInteractive(
            Text(interactive, "type") ?? "",
            Text(header, "text") ?? Text(Member(header, Text(header, "type") ?? "") ?? default, "filename"),
            Text(Member(interactive, "body") ?? default, "text") ?? "",
            Text(Member(interactive, "footer") ?? default, "text"),
            Buttons(interactive, action),
            Sections(action),
            [.. Items(action, "cards").Select(Card)],
            Reference(action));
    }

    private static List<TemplateButton> Buttons(JsonElement interactive, JsonElement action)
    {
        var parameters = Member(action, "parameters") ?? default;
        List<TemplateButton> replies = [.. Items(action, "buttons").Select(button =>
            Member(button, "reply") ?? Member(button, "quick_reply") ?? default).Select(reply => new TemplateButton("QUICK_REPLY", Text(reply, "title") ?? "", null))];
        return replies.Count > 0 ? replies : Text(interactive, "type") switch
        {
            "list" => [new TemplateButton("LIST", Text(action, "button") ?? "", null)],
            "cta_url" => [new TemplateButton("URL", Text(parameters, "display_text") ?? "", Text(parameters, "url"))],
            "flow" => [new TemplateButton("FLOW", Text(parameters, "flow_cta") ?? "", null)],
            "voice_call" => [new TemplateButton("VOICE_CALL", Text(parameters, "display_text") ?? "", null)],
            "product" => [new TemplateButton("PRODUCT", Text(action, "product_retailer_id") ?? "", null)],
            _ => [],
        };
    }

    private static List<ChoiceSection> Sections(JsonElement action) =>
        [.. Items(action, "sections").Select(section => new ChoiceSection(
            Text(section, "title"),
            [
                .. Items(section, "rows").Select(row => new ChoiceRow(Text(row, "title") ?? "", Text(row, "description"))),
                .. Items(section, "product_items").Select(item => new ChoiceRow(Text(item, "product_retailer_id") ?? "", null)),
            ]))];

    private static SentCard Card(JsonElement card)
    {
        var action = Member(card, "action") ?? default;
        return new SentCard(
            Text(Member(card, "body") ?? default, "text") ?? Text(action, "product_retailer_id") ?? "",
            Buttons(card, action) is [{ Kind: "PRODUCT" }] ? [] : Buttons(card, action));
    }

    private static string? Reference(JsonElement action) => Text(Member(action, "parameters") ?? default, "reference_id");

    // The words of a template are not in the request: only what was filled in.
    private static MessageContent.SentTemplate Template(JsonElement template)
    {
        var filled = Items(template, "components")
            .Where(component => string.Equals(Text(component, "type"), "body", StringComparison.OrdinalIgnoreCase))
            .SelectMany(component => Items(component, "parameters"))
            .Select(parameter => Text(parameter, "text"))
            .OfType<string>();
        var name = Text(template, "name") ?? "";
        return new MessageContent.SentTemplate(
            name, Text(Member(template, "language") ?? default, "code") ?? "", "", name, string.Join(" · ", filled), null, [], null);
    }

    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Take(MaxList) : [];

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? StoredText.CleanOrNull(value.ToString()) : null;
}
