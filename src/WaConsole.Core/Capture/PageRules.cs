using System.Globalization;
using System.Text.RegularExpressions;
using WaConsole.Core.Consent;
using WaConsole.Core.Policy;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Capture;

/// <summary>Pure: what a page must have before it is public.</summary>
internal static partial class PageRules
{
    /// <summary>Names of sentences in Capture.resx.</summary>
    /// <param name="templates">The confirming template in all its languages.</param>
    public static IReadOnlyList<string> Lacks(OptInPage page, ConsentPurpose purpose, IReadOnlyList<WordingVersion> used, IReadOnlyList<TemplateView> templates) =>
    [
        .. new (string Sentence, bool IsLacking)[]
        {
            ("PageLacksWords", used.Count == 0),
            ("PageLacksBasis", purpose is ConsentPurpose.Marketing or ConsentPurpose.All && page.Basis is not (LawfulBasis.Consent or LawfulBasis.SoftOptIn)),
            ("PageLacksTemplate", page.TemplateName is not null && !templates.Any(Asks)),
        }.Where(rule => rule.IsLacking).Select(rule => rule.Sentence),
    ];

    /// <summary>Approved, of the category utility, with a button that may say yes, and nothing to fill in.</summary>
    public static bool Asks(TemplateView template) =>
        template is { Sendable: true, Category: "UTILITY" }
        && template.Fields.All(field => !field.Required)
        && AnswerButton(template) is >= 0 and var yes
        && !AnswerWords.Refuses(template.Buttons[yes].Text);

    /// <summary>The first button that answers: pressing it says yes.</summary>
    public static int AnswerButton(TemplateView template)
    {
        for (var index = 0; index < template.Buttons.Count; index++)
        {
            if (template.Buttons[index].Kind == "QUICK_REPLY")
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Letters, digits and single dashes between them.</summary>
    public static bool IsSlug(string slug) => slug.Length is > 1 and <= OptInPage.MaxSlug && SlugForm().IsMatch(slug);

    /// <summary>Scheme, host and port of a site that may embed the form, as browsers write it; null for what is none.</summary>
    public static string? Origin(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var site) && site.Scheme is "https" or "http" && site is { UserInfo: "", PathAndQuery: "/" or "" }
        && site.Host.Length > 0 && (site.Scheme == "https" || site.IsLoopback)
            ? site.IsDefaultPort ? $"{site.Scheme}://{HostOf(site)}" : string.Create(CultureInfo.InvariantCulture, $"{site.Scheme}://{HostOf(site)}:{site.Port}")
            : null;

    /// <summary>As it stands in a header: names in letters of other alphabets are written in ASCII.</summary>
    private static string HostOf(Uri site) => site.HostNameType == UriHostNameType.IPv6 ? site.Host : site.IdnHost;

    public static IReadOnlyList<string> Lines(string origins) => origins.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugForm();
}
