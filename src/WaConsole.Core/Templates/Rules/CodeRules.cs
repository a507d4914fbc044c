using System.Text.RegularExpressions;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Sign-in codes: WhatsApp writes the words, so little can be wrong.</summary>
internal static class CodeRules
{
    public static void Check(ComposedTemplate template, Findings findings)
    {
        findings.AddIf(template.Category != TemplateCategories.Authentication, "CODE_CATEGORY", "category");
        var hasWords = template.Header is not null || template.Body.Text.Length > 0 || template.Footer is not null || template.Buttons.Count > 0
            || template.Cards.Count > 0 || template.Offer is not null || template.AsksToCall;
        findings.AddIf(template.Code is null || hasWords, "CODE_FORM", "code");
        if (template.Code is not { } code)
        {
            return;
        }

        findings.Add("CODE_DEVICES", "code");
        var rule = RuleBook.Of("CODE_EXPIRES");
        findings.AddIf(
            code.ExpiresInMinutes is { } minutes && (minutes < rule.Least || minutes > rule.Most), "CODE_EXPIRES", "code.expires", rule.Least, rule.Most);
        CheckLabel(code.Label, "code.label", findings);
        if (code.Delivery == CodeDelivery.CopyCode)
        {
            return;
        }

        CheckLabel(code.FillInLabel, "code.fillin", findings);
        CheckApps(code.Apps ?? [], findings);
        findings.AddIf(code.Delivery == CodeDelivery.ZeroTap && !code.ZeroTapTermsAccepted, "CODE_TERMS", "code.terms");
    }

    private static void CheckLabel(string? label, string field, Findings findings)
    {
        if (string.IsNullOrEmpty(label))
        {
            return;
        }

        ButtonRules.CheckLabel(label, field, findings);
        findings.AddIf(
            TextRules.Emoji(label) > 0 || label.Contains("://", StringComparison.Ordinal) || label.Contains("www.", StringComparison.OrdinalIgnoreCase),
            "CODE_PLAIN", field);
    }

    private static void CheckApps(IReadOnlyList<CodeApp> apps, Findings findings)
    {
        var most = RuleBook.Of("CODE_APPS").Most;
        findings.AddIf(apps.Count == 0 || apps.Count > most, "CODE_APPS", "code.apps", most);
        for (var index = 0; index < apps.Count; index++)
        {
            var field = TemplateRules.At("code.apps", index);
            var package = RuleBook.Of("CODE_PACKAGE");
            findings.AddIf(
                apps[index].PackageName.Length > package.Most || !Matches(apps[index].PackageName, package.Pattern!), "CODE_PACKAGE", $"{field}.package", package.Most);
            findings.AddIf(!Matches(apps[index].SignatureHash, RuleBook.Of("CODE_SIGNATURE").Pattern!), "CODE_SIGNATURE", $"{field}.hash");
        }
    }

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
