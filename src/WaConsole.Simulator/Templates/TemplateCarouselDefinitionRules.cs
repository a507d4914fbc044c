using System.Text.Json;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Media;

namespace WaConsole.Simulator.Templates;

/// <summary>The cards of a carousel template: 2 to 10, all built alike.</summary>
internal static class TemplateCarouselDefinitionRules
{
    private const int BodyMax = 160;

    public static void Check(JsonElement part, string category, bool named, UploadShelf? uploads, SendChecks checks)
    {
        if (category != "MARKETING")
        {
            checks.Refuse(100, "A carousel must be a MARKETING template.");
        }

        List<JsonElement> cards = [.. SendChecks.Items(part, "cards")];
        if (cards.Count is < 2 or > 10)
        {
            checks.Refuse(100, "A carousel holds 2 to 10 cards.");
        }

        HashSet<string> shapes = new(StringComparer.Ordinal);
        foreach (var card in cards)
        {
            shapes.Add(Card(card, category, named, uploads, checks));
        }

        if (shapes.Count > 1)
        {
            checks.Refuse(100, "All cards of a carousel must have the same components and buttons.");
        }
    }

    private static string Card(JsonElement card, string category, bool named, UploadShelf? uploads, SendChecks checks)
    {
        List<string> shape = [];
        foreach (var part in SendChecks.Items(card, "components"))
        {
            var type = TemplateRules.Type(part);
            switch (type)
            {
                case "header":
                    TemplateHeaderRules.Check(part, category, named, inCard: true, uploads, checks);
                    shape.Add("header:" + SendChecks.Member(part, "format").ToString().ToLowerInvariant());
                    break;
                case "body":
                    var text = TemplateRules.Words(part);
                    TemplateDefinitionRules.Words(text, "body of a card", BodyMax, 2388072, checks);
                    TemplateDefinitionRules.Variables(part, text, "body", named, 2388072, checks);
                    shape.Add("body");
                    break;
                case "buttons":
                    List<JsonElement> buttons = [.. SendChecks.Items(part, "buttons")];
                    if (buttons.Count is 0 or > 2 || buttons.Exists(b => TemplateRules.Type(b) is not ("quick_reply" or "url" or "phone_number" or "spm")))
                    {
                        checks.Refuse(100, "A card has one or two buttons: quick reply, URL, phone number or product.");
                    }

                    buttons.ForEach(button => TemplateButtonDefinitionRules.Button(button, category, checks));
                    shape.Add("buttons:" + string.Join('+', buttons.Select(TemplateRules.Type)));
                    break;
                default:
                    checks.Refuse(100, "A card takes HEADER, BODY and BUTTONS.");
                    break;
            }
        }

        if (shape.Contains("header:product") && !shape.Contains("buttons:spm") && !shape.Contains("buttons:url"))
        {
            checks.Refuse(100, "A product card has one SPM or URL button.");
        }

        if (!shape.Contains("header:product") && shape.Exists(piece => piece.StartsWith("buttons:", StringComparison.Ordinal) && piece.Contains("spm", StringComparison.Ordinal)))
        {
            checks.Refuse(100, "An SPM button stands on product cards only.");
        }

        if (!shape.Exists(piece => piece.StartsWith("header", StringComparison.Ordinal)))
        {
            checks.Refuse(100, "A card needs a header.");
        }

        return string.Join('/', shape.Order(StringComparer.Ordinal));
    }
}
