using System.Text.Json;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates;

/// <summary>Pure: the components of a definition, and a field for everything a send fills in (Meta, Template components, 2026).</summary>
internal static class ReadTemplateParts
{
    public const string Catalogue = "catalog";
    public const string OfferEnd = "offer.ends";

    private const int ProductLimit = 100;

    /// <summary>WhatsApp words this body itself, and a definition may come back without it.</summary>
    private const string CodeBody = "*{{1}}* is your verification code.";

    public static void Run(JsonElement components, bool authentication, TemplateParts parts)
    {
        foreach (var component in components.EnumerateArray())
        {
            ReadComponent(component, authentication, parts);
        }

        if (parts.AsksForCalls)
        {
            // Behind the others: a send names buttons by their place in the definition's own list.
            parts.Buttons.Add(new TemplateButton("CALL_PERMISSION_REQUEST", "", null));
        }

        parts.BodyLimit = parts switch
        {
            { Offer: not null } => TemplateDefinition.OfferBodyLimit,
            { HeaderKind: "PRODUCT" } => TemplateDefinition.ShortBodyLimit,
            _ => TemplateDefinition.BodyLimit,
        };
        if (parts.BodyLimit < TemplateDefinition.BodyLimit)
        {
            FitInto(parts);
        }

        if (parts.HeaderKind == "PRODUCT" || parts.Cards.Exists(card => card.HeaderKind == "PRODUCT"))
        {
            parts.Fields.Insert(0, new TemplateField(Catalogue, TemplateFieldKind.Catalogue, Texts.Templates.Of("FieldCatalogue"), null, ProductLimit));
        }
    }

    public static string CardLabel(int index, TemplateField field) => Texts.Templates.Of("CardField", index + 1, LabelWithoutCard(field));

    private static void ReadComponent(JsonElement component, bool authentication, TemplateParts parts)
    {
        switch (TemplateJson.Word(component, "type"))
        {
            case "HEADER":
                ReadHeader(component, parts);
                break;
            case "BODY":
                ReadBody(component, authentication, TemplateDefinition.BodyLimit, parts);
                break;
            case "FOOTER":
                parts.Footer = TemplateJson.Text(component, "text");
                break;
            case "BUTTONS":
                ReadTemplateButtons.Run(component, authentication, parts);
                break;
            case "CALL_PERMISSION_REQUEST":
                parts.AsksForCalls = true;
                break;
            case "LIMITED_TIME_OFFER":
                ReadOffer(component, parts);
                break;
            case "CAROUSEL":
                ReadCards(component, parts);
                break;
            case var other:
                parts.Because ??= Texts.Templates.Keep("PartOther", other);
                break;
        }
    }

    private static void ReadHeader(JsonElement component, TemplateParts parts)
    {
        parts.HeaderKind = TemplateJson.Word(component, "format");
        switch (parts.HeaderKind)
        {
            case "TEXT":
                parts.HeaderText = TemplateJson.Text(component, "text") ?? "";
                AddTexts(component, parts, "header", "FieldHeader", parts.HeaderText, TemplateDefinition.HeaderLimit);
                break;
            case "IMAGE":
                Add(parts, TemplateField.HeaderMedia, TemplateFieldKind.Image, "FieldHeaderImage");
                break;
            case "VIDEO":
                Add(parts, TemplateField.HeaderMedia, TemplateFieldKind.Video, "FieldHeaderVideo");
                break;
            case "DOCUMENT":
                Add(parts, TemplateField.HeaderMedia, TemplateFieldKind.Document, "FieldHeaderDocument");
                break;
            case "LOCATION":
                Add(parts, "header.location", TemplateFieldKind.Location, "FieldHeaderLocation");
                break;
            case "PRODUCT":
                Add(parts, "header.product", TemplateFieldKind.Product, "FieldHeaderProduct", ProductLimit);
                break;
            case var other:
                parts.Because ??= Texts.Templates.Keep("PartHeader", other);
                break;
        }
    }

    private static void ReadBody(JsonElement component, bool authentication, int limit, TemplateParts parts)
    {
        parts.Body = TemplateJson.Text(component, "text") is { Length: > 0 } text ? text : authentication ? CodeBody : "";
        if (authentication)
        {
            parts.Fields.AddRange(TemplateDefinition.Variables(parts.Body).Take(1).Select(name => new TemplateField(
                $"body.{name}", TemplateFieldKind.OneTimeCode, Texts.Templates.Of("FieldOneTimeCode"),
                TemplateJson.Sample(component, "body", name, 0), TemplateDefinition.CodeLimit)));
        }
        else
        {
            AddTexts(component, parts, "body", "FieldBody", parts.Body, limit);
        }
    }

    private static void ReadOffer(JsonElement component, TemplateParts parts)
    {
        var offer = component.TryGetProperty("limited_time_offer", out var found) ? found : default;
        var ends = offer.ValueKind == JsonValueKind.Object && offer.TryGetProperty("has_expiration", out var has) && has.ValueKind == JsonValueKind.True;
        parts.Offer = new TemplateOfferView(TemplateJson.Text(offer, "text") ?? "", ends);
        if (ends)
        {
            Add(parts, OfferEnd, TemplateFieldKind.Moment, "FieldOfferEnds", 40);
        }
    }

    private static void ReadCards(JsonElement component, TemplateParts parts)
    {
        if (!component.TryGetProperty("cards", out var cards) || cards.ValueKind != JsonValueKind.Array || cards.GetArrayLength() == 0)
        {
            parts.Because ??= Texts.Templates.Keep("Unreadable");
            return;
        }

        foreach (var card in cards.EnumerateArray().Take(TemplateCards.Most))
        {
            var index = parts.Cards.Count;
            var found = new TemplateParts();
            if (card.TryGetProperty("components", out var components) && components.ValueKind == JsonValueKind.Array)
            {
                foreach (var part in components.EnumerateArray())
                {
                    ReadCardPart(part, found);
                }
            }

            parts.Cards.Add(new TemplateCardView(found.HeaderKind, found.Body, found.Buttons));
            parts.Fields.AddRange(found.Fields.Select(field => field with
            {
                Key = TemplateCards.Prefix(index) + field.Key,
                Label = CardLabel(index, field),
                Card = index,
            }));
            parts.Because ??= found.Because;
        }
    }

    private static void ReadCardPart(JsonElement part, TemplateParts card)
    {
        switch (TemplateJson.Word(part, "type"))
        {
            case "HEADER":
                ReadHeader(part, card);
                break;
            case "BODY":
                ReadBody(part, authentication: false, TemplateDefinition.ShortBodyLimit, card);
                break;
            case "BUTTONS":
                ReadTemplateButtons.Run(part, authentication: false, card);
                break;
            case var other:
                card.Because ??= Texts.Templates.Keep("PartOther", other);
                break;
        }
    }

    private static void AddTexts(JsonElement component, TemplateParts parts, string place, string label, string text, int limit)
    {
        var variables = TemplateDefinition.Variables(text);
        var room = Math.Max(0, limit - TemplateDefinition.WithoutVariables(text).Length);
        for (var index = 0; index < variables.Count; index++)
        {
            var name = variables[index];
            parts.Fields.Add(new TemplateField(
                $"{place}.{name}", TemplateFieldKind.Text, Texts.Templates.Of(label, name), TemplateJson.Sample(component, place, name, index), room));
        }
    }

    /// <summary>The room of a body is known once the whole definition is read.</summary>
    private static void FitInto(TemplateParts parts)
    {
        var room = Math.Max(0, parts.BodyLimit - TemplateDefinition.WithoutVariables(parts.Body).Length);
        for (var index = 0; index < parts.Fields.Count; index++)
        {
            var field = parts.Fields[index];
            if (field.Kind == TemplateFieldKind.Text && field.Key.StartsWith("body.", StringComparison.Ordinal))
            {
                parts.Fields[index] = field with { MaxLength = Math.Min(field.MaxLength, room) };
            }
        }
    }

    private static void Add(TemplateParts parts, string key, TemplateFieldKind kind, string label, int maxLength = 0) =>
        parts.Fields.Add(new TemplateField(key, kind, Texts.Templates.Of(label), null, maxLength));

    /// <summary>A field of a card further on takes the words of the last defined card.</summary>
    private static string LabelWithoutCard(TemplateField field)
    {
        var own = field.Card is { } card ? Texts.Templates.Of("CardField", card + 1, "") : "";
        return own.Length > 0 && field.Label.StartsWith(own, StringComparison.Ordinal) ? field.Label[own.Length..] : field.Label;
    }
}
