using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

internal static class CardRules
{
    public static void Check(ComposedTemplate template, RuleFacts? facts, Findings findings)
    {
        var cards = template.Cards;
        if (cards.Count == 0)
        {
            return;
        }

        findings.AddIf(template.Category != TemplateCategories.Marketing, "CARDS_CATEGORY", "category");
        findings.AddIf(cards.Count < RuleBook.Of("CARDS_FEW").Most, "CARDS_FEW", "cards", cards.Count, RuleBook.Of("CARDS_FEW").Most);
        findings.AddIf(cards.Count > RuleBook.Of("CARDS_MANY").Most, "CARDS_MANY", "cards", cards.Count, RuleBook.Of("CARDS_MANY").Most);
        findings.AddIf(cards.Select(ShapeOf).Distinct(StringComparer.Ordinal).Count() > 1, "CARDS_ALIKE", "cards");
        findings.AddIf(
            cards.All(card => card.Header is ComposedHeader.Product) && cards.Count != RuleBook.Of("PRODUCT_CARDS_TWO").Most, "PRODUCT_CARDS_TWO", "cards");
        for (var index = 0; index < cards.Count; index++)
        {
            CheckCard(cards[index], TemplateRules.At("cards", index), template, facts, findings);
        }
    }

    private static void CheckCard(ComposedCard card, string field, ComposedTemplate template, RuleFacts? facts, Findings findings)
    {
        if (card.Header is ComposedHeader.Media { File: { Kind: HeaderMediaKind.Image or HeaderMediaKind.Video } file })
        {
            HeaderRules.CheckFile(file, $"{field}.header", facts, findings);
        }
        else
        {
            findings.AddIf(card.Header is not ComposedHeader.Product, "CARD_HEADER", $"{field}.header");
        }

        if (card.Body is { } body)
        {
            findings.AddIf(string.IsNullOrWhiteSpace(body.Text), "BODY_EMPTY", $"{field}.body");
            findings.AddLonger("CARD_BODY", $"{field}.body", body.Text.Length);
            TextRules.Check(body, template.Named, $"{field}.body", findings);
            BodyRules.CheckFilled(body, $"{field}.body", RuleBook.Of("CARD_BODY").Most, findings);
        }

        CheckButtons(card, field, template.Category, findings);
    }

    private static void CheckButtons(ComposedCard card, string field, string category, Findings findings)
    {
        for (var index = 0; index < card.Buttons.Count; index++)
        {
            ButtonRules.CheckOne(card.Buttons[index], TemplateRules.At($"{field}.buttons", index), category, findings);
        }

        if (card.Header is ComposedHeader.Product)
        {
            findings.AddIf(
                card.Buttons is not [ComposedButton.Product or ComposedButton.Url], "PRODUCT_CARD_BUTTON", $"{field}.buttons");
            return;
        }

        var most = RuleBook.Of("CARD_BUTTONS").Most;
        findings.AddIf(card.Buttons.Count > most, "CARD_BUTTONS", $"{field}.buttons", card.Buttons.Count, most);
        findings.AddIf(
            card.Buttons.Any(button => button is not (ComposedButton.QuickReply or ComposedButton.Url or ComposedButton.Phone)),
            "CARD_BUTTON_KIND", $"{field}.buttons");
    }

    private static string ShapeOf(ComposedCard card)
    {
        var header = card.Header is ComposedHeader.Media { File.Kind: var kind } ? kind.ToString() : card.Header?.GetType().Name;
        return $"{header}|{card.Body is not null}|{string.Join(',', card.Buttons.Select(button => button.GetType().Name))}";
    }
}
