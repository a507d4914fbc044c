using System.Globalization;
using System.Text.RegularExpressions;
using WaConsole.Core.Policy;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Pure: what WhatsApp would say to a composed template, before it is asked. The same for form, REST and import.</summary>
public static partial class TemplateRules
{
    /// <param name="template">What was composed.</param>
    /// <param name="facts">What only the database knows; without it, only what the template itself tells is checked.</param>
    public static IReadOnlyList<TemplateFinding> Check(ComposedTemplate template, RuleFacts? facts = null)
    {
        var findings = new Findings();
        CheckName(template, findings);
        CheckCategory(template, findings);
        CheckLife(template, findings);
        if (template.Category == TemplateCategories.Authentication || template.Code is not null)
        {
            CodeRules.Check(template, findings);
        }
        else
        {
            HeaderRules.Check(template, facts, findings);
            BodyRules.Check(template, findings);
            BodyRules.CheckFooter(template.Footer, findings);
            ButtonRules.Check(template, findings);
            OfferRules.Check(template, findings);
            CardRules.Check(template, facts, findings);
        }

        CheckOthers(template, findings);
        CheckPolicy(template, findings);
        facts?.Check(template, findings);
        return findings.All;
    }

    private static void CheckName(ComposedTemplate template, Findings findings)
    {
        findings.AddIf(!NameForm().IsMatch(template.Name), "NAME_FORM", "name");
        findings.AddLonger("NAME_LENGTH", "name", template.Name.Length);
        findings.AddIf(TemplateLanguages.Find(template.Language) is null, "LANGUAGE_UNKNOWN", "language", template.Language);
    }

    private static void CheckCategory(ComposedTemplate template, Findings findings)
    {
        if (template.Category is not (TemplateCategories.Marketing or TemplateCategories.Utility or TemplateCategories.Authentication))
        {
            findings.Add("CATEGORY_UNKNOWN", "category", template.Category);
        }
        else if (template.Category != TemplateCategories.Authentication && template.Code is null)
        {
            CategoryAdvice.Check(template, findings);
        }

        findings.AddIf(
            template.DisplayFormat is not (null or ComposedTemplate.OrderDetailsFormat)
                || template.DisplayFormat is null == template.Buttons.Any(button => button is ComposedButton.OrderDetails),
            "DISPLAY_FORMAT", "buttons");
    }

    private static void CheckLife(ComposedTemplate template, Findings findings)
    {
        if (template.TtlSeconds is not { } seconds)
        {
            return;
        }

        var marketing = template.Category == TemplateCategories.Marketing;
        var code = template.Category switch
        {
            TemplateCategories.Authentication => "TTL_AUTHENTICATION",
            TemplateCategories.Utility => "TTL_UTILITY",
            _ => "TTL_MARKETING",
        };
        var rule = RuleBook.Of(code);
        findings.AddIf(!(seconds == -1 && !marketing) && (seconds < rule.Least || seconds > rule.Most), code, "ttl", rule.Least, rule.Most);
        findings.AddIf(marketing, "TTL_MARKETING_API", "ttl");
    }

    private static void CheckOthers(ComposedTemplate template, Findings findings)
    {
        foreach (var other in template.Others.Concat(template.Cards.SelectMany(card => card.Others)))
        {
            var type = OtherParts.TypeOf(other);
            findings.Add(RuleBook.Of("PART_UNKNOWN").Words.Contains(type) ? "PART_UNKNOWN" : "PART_STRANGE", "components", type);
        }
    }

    /// <summary>A hint and never a bar, as in the composer of the inbox.</summary>
    private static void CheckPolicy(ComposedTemplate template, Findings findings)
    {
        var texts = new[] { VariablesOf.Filled(template.Body), template.Footer }
            .Append(template.Header is ComposedHeader.Text header ? VariablesOf.Filled(header.Content) : null)
            .Concat(template.Cards.Select(card => card.Body is { } body ? VariablesOf.Filled(body) : null));
        foreach (var concern in PolicyHints.In(string.Join("\n", texts.OfType<string>())))
        {
            findings.AddSaid("POLICY", "body", PolicyHints.Say(concern));
        }
    }

    internal static string At(string list, int index) => $"{list}[{index.ToString(CultureInfo.InvariantCulture)}]";

    [GeneratedRegex(@"^[a-z0-9_]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();
}
