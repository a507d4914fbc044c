using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

internal static class OfferRules
{
    public static void Check(ComposedTemplate template, Findings findings)
    {
        if (template.Offer is not { } offer)
        {
            return;
        }

        var most = RuleBook.Of("OFFER_TEXT").Most;
        findings.AddIf(string.IsNullOrWhiteSpace(offer.Text) || offer.Text.Length > most, "OFFER_TEXT", "offer.text", offer.Text.Length, most);
        findings.AddIf(template.Category != TemplateCategories.Marketing, "OFFER_CATEGORY", "category");
        findings.AddIf(template.Footer is not null, "OFFER_FOOTER", "footer");
        findings.AddIf(
            template.Header is not (null or ComposedHeader.Media { File.Kind: HeaderMediaKind.Image or HeaderMediaKind.Video }), "OFFER_HEADER", "header");
        findings.AddIf(
            template.Buttons is not ([ComposedButton.Url] or [ComposedButton.CopyCode, ComposedButton.Url]), "OFFER_BUTTONS", "buttons");
        findings.Add("OFFER_DESKTOP", "offer");
    }
}
