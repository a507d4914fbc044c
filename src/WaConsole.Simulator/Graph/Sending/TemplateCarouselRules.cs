using System.Text.Json;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>The cards of a carousel template: exactly as many as defined, each with its own header, text and buttons.</summary>
internal static class TemplateCarouselRules
{
    public static IReadOnlyList<CardPart> Read(
        JsonElement definition, List<JsonElement> sent, SimulatedTemplate template, SendChecks checks)
    {
        var defined = SendChecks.Member(definition, "cards").EnumerateArray().ToList();
        var carousel = sent.Find(component => TemplateRules.Type(component) == "carousel");
        var cards = SendChecks.Member(carousel, "cards") is { ValueKind: JsonValueKind.Array } found
            ? found.EnumerateArray().ToList()
            : [];
        for (var i = 0; i < cards.Count; i++)
        {
            if (checks.TextOrNumber(cards[i], "card_index", "cards") != i.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                checks.Refuse(132012, "carousel: card_index must count from 0.");
            }
        }

        // Media cards are as many as defined; of product cards two are defined and up to ten may be sent.
        var products = defined.Count > 0 && SendChecks.Items(defined[0], "components").Any(part => SendChecks.Is(part, "format", "PRODUCT"));
        if (products ? cards.Count is < 2 or > 10 : cards.Count != defined.Count)
        {
            checks.Refuse(132012, $"carousel: {cards.Count} cards were sent, the template has {defined.Count}.");
            return [];
        }

        return [.. cards.Select((given, i) => Card(defined[Math.Min(i, defined.Count - 1)], given, template, checks))];
    }

    private static CardPart Card(JsonElement definition, JsonElement given, SimulatedTemplate template, SendChecks checks)
    {
        var components = SendChecks.Member(given, "components") is { ValueKind: JsonValueKind.Array } found
            ? found.EnumerateArray().ToList()
            : [];
        var content = new MessageContent { Kind = "template" };
        foreach (var part in SendChecks.Member(definition, "components").EnumerateArray())
        {
            content = TemplateRules.Type(part) switch
            {
                "header" => TemplateRules.Header(content, part, components, template.Named, checks),
                "body" => content with { Text = TemplateRules.Body(part, components, template, checks) },
                "buttons" => content with { Buttons = TemplateButtonRules.Read(part, components, checks) },
                _ => content,
            };
        }

        return new CardPart(content.Media, content.Text, content.Buttons, content.Product?.ProductId);
    }
}
