using System.Text.RegularExpressions;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Templates;

/// <summary>Why a review rejects a template.</summary>
internal sealed record Rejection(string Reason, string Recommendation);

/// <summary>
/// A stand-in for Meta's reviewers: what the guidelines name, decided by words. Source: Meta, "Template review" and "Template
/// categorization", 2025; the word lists are ours.
/// </summary>
internal static partial class TemplateReviewRules
{
    /// <summary>Null when the template is approved.</summary>
    public static Rejection? Judge(SimulatedTemplate template, IReadOnlyList<SimulatedTemplate> others)
    {
        var text = TextOf(template);
        if (Scam().IsMatch(text))
        {
            return new Rejection("SCAM", "Do not promise money or prizes.");
        }

        if (Abusive().IsMatch(text))
        {
            return new Rejection("ABUSIVE_CONTENT", "Do not threaten people.");
        }

        if (Shortened().IsMatch(text))
        {
            return new Rejection("INVALID_FORMAT", "Use links of your own domain rather than shortened ones or wa.me.");
        }

        if (template.Category != "AUTHENTICATION" && OneTimeCode().IsMatch(text))
        {
            return new Rejection("INCORRECT_CATEGORY", "One-time codes are sent with an AUTHENTICATION template.");
        }

        if (template.Category != "AUTHENTICATION" && others.Any(other => other.Id != template.Id && other.Name != template.Name
            && other.Status is "APPROVED" or "PENDING" or "PAUSED" && TextOf(other) == text))
        {
            return new Rejection("INVALID_FORMAT", "A template with the same body and footer exists already.");
        }

        return null;
    }

    /// <summary>The category Meta gives: what promotes something is MARKETING, whatever was asked for (since 9 April 2025).</summary>
    public static string CategoryOf(string asked, System.Text.Json.JsonElement components) =>
        asked == "UTILITY" && Promotional().IsMatch(TextOf(components)) ? "MARKETING" : asked;

    private static string TextOf(SimulatedTemplate template) => TextOf(template.Components);

    private static string TextOf(System.Text.Json.JsonElement components) => string.Join('\n', components.EnumerateArray()
        .Where(component => TemplateRules.Type(component) is "header" or "body" or "footer")
        .Select(TemplateRules.Words));

    [GeneratedRegex(@"\b(lottery|jackpot|you (have )?won|guaranteed (income|profit)|bitcoin doubl\w*|lotterie|gewonnen)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scam();

    [GeneratedRegex(@"\b(or else|legal action will|we will come to your house|last warning)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Abusive();

    [GeneratedRegex(@"\b(bit\.ly|tinyurl\.com|t\.co|goo\.gl|wa\.me)/", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"\b(verification code|one-time (code|password)|otp|einmalcode|bestätigungscode)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneTimeCode();

    [GeneratedRegex(@"(\b(offer|discount|sale|deal|coupon|voucher|promo\w*|free gift|buy now|rabatt|angebot|gutschein|oferta|descuento)\b|\d\s?%\s?(off|rabatt))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Promotional();
}
