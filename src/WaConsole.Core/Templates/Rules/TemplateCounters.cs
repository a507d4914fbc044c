using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Characters of a text with its samples filled in, and how many there may be.</summary>
public sealed record TemplateCounter(string Field, int Used, int Most);

public static class TemplateCounters
{
    public static IReadOnlyList<TemplateCounter> Of(ComposedTemplate template)
    {
        List<TemplateCounter> counters = [new("name", template.Name.Length, Most("NAME_LENGTH"))];
        if (template.Code is { } code)
        {
            Add("code.label", code.Label, "LABEL_LENGTH");
            Add("code.fillin", code.FillInLabel, "LABEL_LENGTH");
            return counters;
        }

        Add("header", template.Header is ComposedHeader.Text header ? VariablesOf.Filled(header.Content) : null, "HEADER_LENGTH");
        Add("body", VariablesOf.Filled(template.Body), BodyRules.LimitOf(template));
        Add("footer", template.Footer, "FOOTER_LENGTH");
        Add("offer.text", template.Offer?.Text, "OFFER_TEXT");
        AddButtons(template.Buttons, "buttons");
        for (var index = 0; index < template.Cards.Count; index++)
        {
            var field = TemplateRules.At("cards", index);
            Add($"{field}.body", template.Cards[index].Body is { } body ? VariablesOf.Filled(body) : null, "CARD_BODY");
            AddButtons(template.Cards[index].Buttons, $"{field}.buttons");
        }

        return counters;

        void AddButtons(IReadOnlyList<ComposedButton> buttons, string list)
        {
            for (var index = 0; index < buttons.Count; index++)
            {
                var field = TemplateRules.At(list, index);
                Add($"{field}.label", ComposedButton.LabelOf(buttons[index]), "LABEL_LENGTH");
                Add($"{field}.address", buttons[index] is ComposedButton.Url url ? url.Address : null, "URL_LENGTH");
                Add($"{field}.number", buttons[index] is ComposedButton.Phone phone ? phone.Number : null, "PHONE_LENGTH");
                Add($"{field}.sample", buttons[index] is ComposedButton.CopyCode coupon ? coupon.Sample : null, "COUPON_LENGTH");
            }
        }

        void Add(string field, string? text, string rule)
        {
            if (text is not null)
            {
                counters.Add(new TemplateCounter(field, text.Length, Most(rule)));
            }
        }
    }

    private static int Most(string rule) => (int)RuleBook.Of(rule).Most;
}
