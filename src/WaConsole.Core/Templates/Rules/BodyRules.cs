using System.Text.RegularExpressions;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

internal static partial class BodyRules
{
    public static void Check(ComposedTemplate template, Findings findings)
    {
        var text = template.Body.Text;
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Add("BODY_EMPTY", "body");
            return;
        }

        var limit = LimitOf(template);
        findings.AddLonger(limit, "body", text.Length);
        var length = RuleBook.Of(limit).Most;
        var warned = RuleBook.Of("BODY_LONG").Most;
        findings.AddIf(text.Length > warned && text.Length <= length, "BODY_LONG", "body", text.Length, warned);
        var emoji = TextRules.Emoji(text);
        findings.AddIf(emoji > RuleBook.Of("BODY_EMOJI").Most, "BODY_EMOJI", "body", emoji, RuleBook.Of("BODY_EMOJI").Most);
        findings.AddIf(BlankLines().IsMatch(text), "BODY_BLANK_LINES", "body", RuleBook.Of("BODY_BLANK_LINES").Most);
        TextRules.Check(template.Body, template.Named, "body", findings);
        CheckFilled(template.Body, "body", length, findings);
    }

    public static void CheckFooter(string? footer, Findings findings)
    {
        if (footer is null)
        {
            return;
        }

        findings.AddIf(string.IsNullOrWhiteSpace(footer), "FOOTER_EMPTY", "footer");
        findings.AddLonger("FOOTER_LENGTH", "footer", footer.Length);
        findings.AddIf(footer.Contains("{{", StringComparison.Ordinal), "FOOTER_VARIABLES", "footer");
        findings.AddIf(TextRules.HasLines(footer), "FOOTER_LINES", "footer");
        findings.AddIf(TextRules.HasFormatting(footer), "FOOTER_FORMATTING", "footer");
        findings.AddIf(TextRules.Emoji(footer) > 0, "FOOTER_EMOJI", "footer");
    }

    /// <summary>With its samples it would not go out: the values sent later are no shorter.</summary>
    public static void CheckFilled(ComposedText content, string field, long most, Findings findings)
    {
        var filled = VariablesOf.Filled(content).Length;
        findings.AddIf(content.Text.Length <= most && filled > most, "FILLED_LENGTH", field, filled, most);
    }

    /// <summary>The rule that bounds this body: an offer, a single product and everything else have limits of their own.</summary>
    public static string LimitOf(ComposedTemplate template) =>
        template.Offer is not null ? "OFFER_BODY"
        : template.Buttons.Any(button => button is ComposedButton.Product) ? "PRODUCT_BODY"
        : "BODY_LENGTH";

    [GeneratedRegex(@"(?:\r?\n){3}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BlankLines();
}
