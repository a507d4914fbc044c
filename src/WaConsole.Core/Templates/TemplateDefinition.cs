using System.Text.Json;
using System.Text.RegularExpressions;
using WaConsole.Core.Resources;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates;

/// <summary>
/// Pure: a stored template as the picker and the send form need it. Parts follow Meta's page Template components (2026);
/// a part that is not known here makes the template not sendable, with the reason in words.
/// </summary>
internal static partial class TemplateDefinition
{
    public const int HeaderLimit = 60;
    public const int BodyLimit = 1024;
    public const int UrlLimit = 2000;

    /// <summary>Of a limited-time offer.</summary>
    public const int OfferBodyLimit = 600;

    /// <summary>Of a single product's template, and of a carousel's card.</summary>
    public const int ShortBodyLimit = 160;

    /// <summary>Of a one-time code.</summary>
    public const int CodeLimit = 15;

    /// <summary>Of a coupon, since 3 December 2025.</summary>
    public const int CouponLimit = 20;

    public static TemplateView Read(Template template)
    {
        var parts = new TemplateParts();
        try
        {
            using var json = JsonDocument.Parse(template.ComponentsJson);
            ReadTemplateParts.Run(json.RootElement, template.Category == "AUTHENTICATION", parts);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            parts.Because = Texts.Templates.Keep("Unreadable");
        }

        var because = StatusReason(template) ?? parts.Because;
        return new TemplateView(
            template.Id, template.Name, template.Language, template.Category, template.Status, template.Quality,
            parts.HeaderKind, parts.HeaderText, parts.Body, parts.Footer, parts.Buttons, parts.Fields,
            Sendable: because is null, KeptText.Read(because))
        {
            Cards = parts.Cards,
            Offer = parts.Offer,
            BodyLimit = parts.BodyLimit,
            KeptReason = because,
            LastUsedOn = template.LastUsedOn,
        };
    }

    /// <summary>The names or numbers of the variables of a text, each once: numbers in order, names as they appear.</summary>
    public static IReadOnlyList<string> Variables(string text)
    {
        var names = Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        return names.TrueForAll(IsPosition)
            ? [.. names.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)]
            : names;
    }

    /// <summary>Values by variable; one that is missing stays as its placeholder.</summary>
    public static string Fill(string text, Func<string, string?> valueOf) =>
        Placeholder().Replace(text, match => valueOf(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Value);

    public static bool IsPosition(string name) => name.Length > 0 && name.All(char.IsAsciiDigit);

    public static string WithoutVariables(string text) => Placeholder().Replace(text, "");

    private static string? StatusReason(Template template) => template switch
    {
        { DeletedAtUtc: not null } => Texts.Templates.Keep("StatusDeleted"),
        { Status: "APPROVED" } => null,
        { Status: "PENDING" or "IN_APPEAL" } => Texts.Templates.Keep("StatusPending"),
        { Status: "REJECTED" } => Texts.Templates.Keep("StatusRejected"),
        _ when TemplateStates.IsPaced(template.Status, template.RejectedReason) => Texts.Templates.Keep("StatusPaced"),
        { Status: "PAUSED" } => Texts.Templates.Keep("StatusPaused"),
        { Status: "DISABLED" } => Texts.Templates.Keep("StatusDisabled"),
        { Status: "DELETED" or "PENDING_DELETION" } => Texts.Templates.Keep("StatusDeleted"),
        _ => Texts.Templates.Keep("StatusOther", template.Status),
    };

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}\s]+)\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Placeholder();
}
