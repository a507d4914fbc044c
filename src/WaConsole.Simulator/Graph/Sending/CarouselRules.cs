using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>The rules of free-form carousels. Source: Meta, "Media carousel" and "Product carousel" pages, November 2025.</summary>
internal static class CarouselRules
{
    private const int CardTextMax = 160;

    public static IReadOnlyList<CardPart> Read(JsonElement action, SendChecks checks)
    {
        var cards = checks.Array(action, "cards", "action");
        if (cards.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        if (cards.GetArrayLength() is < 2 or > 10)
        {
            checks.Refuse(131009, "A carousel holds 2 to 10 cards.");
        }

        List<CardPart> read = [];
        HashSet<string> shapes = [];
        foreach (var card in cards.EnumerateArray())
        {
            checks.OnlyKeys(card, "cards", "card_index", "type", "header", "body", "action");
            if (SendChecks.Member(card, "card_index") is not { ValueKind: JsonValueKind.Number } index
                || !index.TryGetInt32(out var position) || position != read.Count)
            {
                checks.Refuse(131009, "Param cards['card_index'] must count from 0.");
            }

            var read1 = checks.Text(card, "type", "cards", 32) switch
            {
                "cta_url" => MediaCard(card, checks, shapes),
                "product" => ProductCard(card, checks, shapes),
                _ => null,
            };
            if (read1 is null)
            {
                checks.Refuse(131009, "Param cards['type'] must be cta_url or product.");
                break;
            }

            read.Add(read1);
        }

        if (shapes.Count > 1)
        {
            checks.Refuse(131009, "All cards of a carousel must have the same kind of header and buttons.");
        }

        return read;
    }

    private static CardPart MediaCard(JsonElement card, SendChecks checks, HashSet<string> shapes)
    {
        var header = checks.Object(card, "header", "cards");
        var type = checks.Text(header, "type", "header", 32) ?? "";
        if (type is not ("image" or "video"))
        {
            checks.Refuse(131009, "A card's header must be an image or a video.");
            type = "image";
        }

        var media = MessageRules.MediaObject(header, type, checks, out _);
        var body = checks.Object(card, "body", "cards", required: false);
        var text = body.ValueKind == JsonValueKind.Object ? checks.Text(body, "text", "body", CardTextMax) : null;
        if (text?.Count(c => c == '\n') > 2)
        {
            checks.Refuse(131009, "A card's text may have two line breaks at most.");
        }

        var action = checks.Object(card, "action", "cards");
        var quickReplies = SendChecks.Member(action, "buttons").ValueKind == JsonValueKind.Array;
        IReadOnlyList<ButtonPart> buttons = quickReplies
            ? QuickReplies(action, checks)
            : [InteractiveRules.LinkButton(action, checks)];
        shapes.Add($"{type}/{string.Join(',', buttons.Select(button => button.Kind))}");
        return new CardPart(media, text, buttons);
    }

    private static List<ButtonPart> QuickReplies(JsonElement action, SendChecks checks)
    {
        List<ButtonPart> read = [];
        foreach (var button in SendChecks.Member(action, "buttons").EnumerateArray())
        {
            if (!SendChecks.Is(button, "type", "quick_reply"))
            {
                checks.Refuse(131009, "Param buttons['type'] must be quick_reply.");
            }

            var reply = checks.Object(button, "quick_reply", "buttons");
            read.Add(new ButtonPart(
                "reply",
                checks.Text(reply, "title", "quick_reply", 20) ?? "",
                checks.Text(reply, "id", "quick_reply", 20) ?? ""));
        }

        if (read.Count is 0 or > 2)
        {
            checks.Refuse(131009, "A card takes one or two quick replies.");
        }

        return read;
    }

    private static CardPart ProductCard(JsonElement card, SendChecks checks, HashSet<string> shapes)
    {
        var action = checks.Object(card, "action", "cards");
        var catalog = checks.TextOrNumber(action, "catalog_id", "action");
        shapes.Add($"product/{catalog}");
        return new CardPart(null, null, [], checks.TextOrNumber(action, "product_retailer_id", "action"));
    }
}
