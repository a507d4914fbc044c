using System.Text.RegularExpressions;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

internal static partial class ButtonRules
{
    /// <summary>Where fewer buttons show and the rest is behind "See all options".</summary>
    private const int Shown = 3;

    public static void Check(ComposedTemplate template, Findings findings)
    {
        var buttons = template.Buttons;
        findings.AddIf(buttons.Count > RuleBook.Of("BUTTONS_MANY").Most, "BUTTONS_MANY", "buttons", buttons.Count, RuleBook.Of("BUTTONS_MANY").Most);
        CheckCounts(buttons, findings);
        CheckOrder(buttons, findings);
        for (var index = 0; index < buttons.Count; index++)
        {
            CheckOne(buttons[index], TemplateRules.At("buttons", index), template.Category, findings);
        }

        findings.AddIf(
            buttons.Any(button => button is ComposedButton.Products) && template.Header is not ComposedHeader.Text, "PRODUCTS_HEADER", "header");
        findings.AddIf(
            buttons.Any(button => button is ComposedButton.Product) && template.Header is not ComposedHeader.Product, "PRODUCT_HEADER", "header");
    }

    public static void CheckOne(ComposedButton button, string field, string category, Findings findings)
    {
        if (ComposedButton.LabelOf(button) is { } label)
        {
            CheckLabel(label, $"{field}.label", findings);
        }

        switch (button)
        {
            case ComposedButton.Url url:
                CheckUrl(url, field, findings);
                break;
            case ComposedButton.Phone phone:
                CheckPhone(phone.Number, $"{field}.number", findings);
                break;
            case ComposedButton.CopyCode code:
                CheckCoupon(code.Sample, $"{field}.sample", findings);
                findings.AddIf(category != TemplateCategories.Marketing, "COUPON_CATEGORY", field);
                break;
            case ComposedButton.Flow flow:
                findings.AddIf(
                    new[] { flow.FlowId, flow.FlowName, flow.FlowJson }.Count(value => !string.IsNullOrEmpty(value)) != 1, "FLOW_ONE", $"{field}.flow");
                findings.AddIf(flow.Icon is not null && !RuleBook.Of("FLOW_ICON").Words.Contains(flow.Icon), "FLOW_ICON", $"{field}.flow", flow.Icon);
                break;
            case ComposedButton.Catalogue or ComposedButton.Products or ComposedButton.Product:
                findings.AddIf(category != TemplateCategories.Marketing, "CATALOGUE_CATEGORY", field);
                break;
            case ComposedButton.Other other:
                findings.Add("BUTTON_KIND", field, OtherParts.TypeOf(other.Json));
                break;
        }
    }

    public static void CheckLabel(string label, string field, Findings findings)
    {
        findings.AddIf(string.IsNullOrWhiteSpace(label), "LABEL_EMPTY", field);
        findings.AddLonger("LABEL_LENGTH", field, label.Length);
        findings.AddIf(label.Contains("{{", StringComparison.Ordinal), "LABEL_VARIABLES", field);
    }

    private static void CheckCounts(IReadOnlyList<ComposedButton> buttons, Findings findings)
    {
        Most<ComposedButton.Url>("URL_MANY");
        Most<ComposedButton.Phone>("PHONE_MANY");
        Most<ComposedButton.CopyCode>("COUPON_MANY");
        Most<ComposedButton.Catalogue>("CATALOGUE_MANY");
        Most<ComposedButton.Products>("PRODUCTS_MANY");
        Most<ComposedButton.Product>("PRODUCT_MANY");
        Most<ComposedButton.VoiceCall>("CALL_MANY");
        Most<ComposedButton.ContactInfo>("CONTACT_MANY");
        findings.AddIf(buttons.OfType<ComposedButton.Flow>().Count() > 1, "FLOW_MANY", "buttons");

        void Most<T>(string code)
            where T : ComposedButton =>
            findings.AddIf(buttons.OfType<T>().Count() > RuleBook.Of(code).Most, code, "buttons", RuleBook.Of(code).Most);
    }

    private static void CheckOrder(IReadOnlyList<ComposedButton> buttons, Findings findings)
    {
        var replies = buttons.Select(button => button is ComposedButton.QuickReply).ToList();
        var (first, last) = (replies.IndexOf(true), replies.LastIndexOf(true));
        var inOneBlock = first < 0 || replies.Skip(first).Take(last - first + 1).All(reply => reply);
        findings.AddIf(first >= 0 && !(inOneBlock && (first == 0 || last == replies.Count - 1)), "BUTTON_ORDER", "buttons");
        findings.AddIf(buttons.Count > Shown || (first >= 0 && replies.Contains(false)), "BUTTON_DESKTOP", "buttons");
        findings.AddIf(buttons.Count > Shown, "BUTTON_FOLDED", "buttons");
    }

    private static void CheckUrl(ComposedButton.Url url, string field, Findings findings)
    {
        var variables = VariablesOf.Text(url.Address);
        var plain = TemplateDefinition.Fill(url.Address, _ => "x");
        findings.AddIf(
            !Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || plain.Any(char.IsWhiteSpace),
            "URL_ADDRESS", $"{field}.address");
        findings.AddLonger("URL_LENGTH", $"{field}.address", url.Address.Length);
        findings.AddIf(variables.Count > RuleBook.Of("URL_VARIABLES").Most, "URL_VARIABLES", $"{field}.address");
        findings.AddIf(
            variables.Count == 1 && !url.Address.EndsWith("}}", StringComparison.Ordinal), "URL_VARIABLE_END", $"{field}.address");
        findings.AddIf(variables.Count > 0 && string.IsNullOrWhiteSpace(url.Sample), "URL_SAMPLE", $"{field}.sample");
        findings.AddIf(Shortened().IsMatch(url.Address), "URL_SHORTENED", $"{field}.address");
    }

    private static void CheckPhone(string number, string field, Findings findings)
    {
        findings.AddIf(number.Length == 0, "PHONE_LENGTH", field, 0, RuleBook.Of("PHONE_LENGTH").Most);
        findings.AddLonger("PHONE_LENGTH", field, number.Length);
        findings.AddIf(number.Length > 0 && !PhoneForm().IsMatch(number), "PHONE_FORM", field);
    }

    private static void CheckCoupon(string sample, string field, Findings findings)
    {
        findings.AddIf(string.IsNullOrWhiteSpace(sample), "COUPON_EMPTY", field);
        findings.AddLonger("COUPON_LENGTH", field, sample.Length);
        var (safe, most) = (RuleBook.Of("COUPON_LONG").Most, RuleBook.Of("COUPON_LENGTH").Most);
        findings.AddIf(sample.Length > safe && sample.Length <= most, "COUPON_LONG", field, sample.Length, safe);
        findings.AddIf(sample.Length > 0 && !sample.All(char.IsAsciiLetterOrDigit), "COUPON_SIGNS", field);
    }

    /// <summary>Meta's reviewers turn down shortened links and wa.me (Template review, 2025).</summary>
    [GeneratedRegex(@"^https?://(?:www\.)?(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|wa\.me|is\.gd|ow\.ly|cutt\.ly|rb\.gy)(?:/|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^\+[1-9][0-9 ()-]{5,}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PhoneForm();
}
