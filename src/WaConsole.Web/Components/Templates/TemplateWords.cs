using Microsoft.Extensions.Localization;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates;

/// <summary>WhatsApp's words for a template's state, as a person reads them, and the colour that goes with them.</summary>
internal static class TemplateWords
{
    public static readonly IReadOnlyList<string> Categories =
        [TemplateCategories.Marketing, TemplateCategories.Utility, TemplateCategories.Authentication];

    public static readonly IReadOnlyList<string> Qualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"];

    extension(IStringLocalizer<TemplateTexts> text)
    {
        public string Status(string status) => text.Known($"Status{status}", status);

        public string Category(string category) => text.Known($"Category{category}", category);

        public string Quality(string quality) => text.Known($"Quality{quality}", quality);

        /// <summary>What to do about a state; null when there is nothing to do.</summary>
        public string? Remedy(string status, bool isPaced) =>
            text[isPaced ? "RemedyPACED" : $"Remedy{status}"] is { ResourceNotFound: false } sentence ? sentence.Value : null;

        private string Known(string key, string word) =>
            text[key] is { ResourceNotFound: false } known ? known.Value : word.Replace('_', ' ').ToLowerInvariant();
    }

    public static string StatusClass(string status) => status switch
    {
        "APPROVED" => "good",
        "PENDING" or "IN_APPEAL" or "PAUSED" or "PENDING_DELETION" => "warn",
        "DRAFT" or "ARCHIVED" or "DELETED" => "",
        _ => "bad",
    };

    public static string QualityClass(string quality) => quality switch
    {
        "GREEN" => "good",
        "YELLOW" => "warn",
        "RED" => "bad",
        _ => "",
    };
}
