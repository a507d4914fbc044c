using System.Text.Json;
using System.Text.RegularExpressions;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Media;

namespace WaConsole.Simulator.Templates;

/// <summary>
/// What a template's definition must be like to be taken into review. Source: Meta, "Template components" and the pages of each
/// kind, November 2025 to March 2026. What Meta only recommends is not checked.
/// </summary>
internal static partial class TemplateDefinitionRules
{
    private const int BodyMax = 1024;
    private const int FooterMax = 60;
    private const int OfferBodyMax = 600;
    private const int CardBodyMax = 160;

    private static readonly string[] Types =
        ["header", "body", "footer", "buttons", "carousel", "limited_time_offer", "call_permission_request"];

    public static bool IsName(string name) => Name().IsMatch(name);

    /// <param name="uploads">Where sample files must be; null when the samples are not checked again.</param>
    public static void Check(JsonElement components, string category, bool named, int? seconds, UploadShelf? uploads, SendChecks checks)
    {
        if (category is not ("AUTHENTICATION" or "MARKETING" or "UTILITY"))
        {
            checks.Refuse(100, "Param category must be AUTHENTICATION, MARKETING or UTILITY.");
        }

        CheckLife(category, seconds, checks);
        List<JsonElement> parts = [.. components.EnumerateArray()];
        foreach (var group in parts.GroupBy(TemplateRules.Type, StringComparer.Ordinal))
        {
            if (!Types.Contains(group.Key))
            {
                checks.Refuse(100, $"Param components holds an unknown type \"{(group.Key.Length > 40 ? group.Key[..40] : group.Key)}\".");
            }
            else if (group.Count() > 1)
            {
                checks.Refuse(100, $"Param components holds {group.Key} more than once.");
            }
        }

        var types = parts.Select(TemplateRules.Type).ToHashSet(StringComparer.Ordinal);
        if (!types.Contains("body"))
        {
            checks.Refuse(100, "A template needs a BODY component.");
        }

        if (checks.Failed)
        {
            return;
        }

        if (category == "AUTHENTICATION")
        {
            AuthenticationTemplateRules.Check(parts, checks);
            return;
        }

        Products(parts, checks);
        foreach (var part in parts)
        {
            switch (TemplateRules.Type(part))
            {
                case "header":
                    TemplateHeaderRules.Check(part, category, named, inCard: false, uploads, checks);
                    break;
                case "body":
                    Body(part, BodyMaxOf(parts, types), named, checks);
                    break;
                case "footer":
                    Footer(part, checks);
                    break;
                case "buttons":
                    TemplateButtonDefinitionRules.Check(part, category, checks);
                    break;
                case "carousel":
                    TemplateCarouselDefinitionRules.Check(part, category, named, uploads, checks);
                    break;
                case "limited_time_offer":
                    LimitedTime(part, parts, category, checks);
                    break;
                case "call_permission_request":
                    break;
            }
        }
    }

    /// <summary>The rules of a text with variables; header, body and card bodies share them.</summary>
    public static void Words(string text, string place, int max, int formatSubcode, SendChecks checks)
    {
        if (text.Length == 0)
        {
            checks.Refuse(GraphError.Under100(formatSubcode, $"The {place} has no text."));
            return;
        }

        if (text.Length > max)
        {
            checks.Refuse(GraphError.Under100(2388040, $"The {place} has {text.Length} characters; {max} are allowed."));
        }

        var opened = Regex.Count(text, @"\{\{", RegexOptions.None, TimeSpan.FromSeconds(1));
        if (opened != Regex.Count(text, @"\}\}", RegexOptions.None, TimeSpan.FromSeconds(1)) || opened != Variable().Count(text))
        {
            checks.Refuse(GraphError.Under100(formatSubcode, $"The {place} has a variable that is not written {{{{1}}}} or {{{{name}}}}."));
        }

        var trimmed = text.Trim();
        if (trimmed.StartsWith("{{", StringComparison.Ordinal) || trimmed.EndsWith("}}", StringComparison.Ordinal))
        {
            checks.Refuse(GraphError.Under100(2388299, $"The {place} may not start or end with a variable."));
        }

        if (Neighbours().IsMatch(text))
        {
            checks.Refuse(GraphError.Under100(formatSubcode, $"Two variables of the {place} stand side by side."));
        }
    }

    /// <summary>Numbers from 1 without gaps, or names; and one sample for each.</summary>
    public static void Variables(JsonElement part, string text, string place, bool named, int formatSubcode, SendChecks checks)
    {
        var variables = SimulatedTemplate.Variables(text);
        if (variables.Count == 0)
        {
            return;
        }

        var numbers = variables.All(variable => variable.All(char.IsAsciiDigit));
        if (named ? variables.Any(variable => !VariableName().IsMatch(variable)) : !numbers)
        {
            checks.Refuse(GraphError.Under100(formatSubcode, named
                ? $"The {place} has a variable whose name is not lower-case letters, digits and underscores."
                : $"The {place} has named variables, but parameter_format is POSITIONAL."));
        }
        else if (!named && !variables.Order(StringComparer.Ordinal).SequenceEqual(
            Enumerable.Range(1, variables.Count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)))
        {
            checks.Refuse(GraphError.Under100(formatSubcode, $"The variables of the {place} must count from 1 without gaps."));
        }

        // Meta publishes no formula; two fixed words for each variable and one more is what practice reports.
        if (FixedWords(text) < variables.Count)
        {
            checks.Refuse(GraphError.Under100(2388293, $"The {place} has too many variables for its length."));
        }

        var samples = SamplesOf(SendChecks.Member(part, "example"), place, named);
        if (named ? !variables.All(samples.Contains) : samples.Count < variables.Count)
        {
            checks.Refuse(GraphError.Under100(formatSubcode, $"Each variable of the {place} needs a sample."));
        }
    }

    private static int FixedWords(string text) =>
        Variable().Replace(text, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    private static List<string> SamplesOf(JsonElement example, string place, bool named)
    {
        var key = place == "header" ? "header_text" : "body_text";
        if (named)
        {
            return [.. SendChecks.Items(example, key + "_named_params")
                .Where(sample => SendChecks.Member(sample, "example").ToString().Length > 0)
                .Select(sample => SendChecks.Member(sample, "param_name").ToString())];
        }

        // The body's samples are a list in a list; pages of Meta also show a flat list and, for one variable, a bare text.
        var given = SendChecks.Member(example, key);
        IEnumerable<JsonElement> samples = given.ValueKind switch
        {
            JsonValueKind.Array when given.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Array } inner => inner.EnumerateArray(),
            JsonValueKind.Array => given.EnumerateArray(),
            JsonValueKind.String => [given],
            _ => [],
        };
        return [.. samples.Select(sample => sample.ToString()).Where(sample => sample.Length > 0)];
    }

    /// <summary>One product stands in the header, several need a title. Source: Meta, "Single-product" and "Multi-product message templates", 2025.</summary>
    private static void Products(List<JsonElement> parts, SendChecks checks)
    {
        var header = parts.Where(part => TemplateRules.Type(part) == "header").Select(part => SendChecks.Member(part, "format").ToString().ToLowerInvariant()).FirstOrDefault();
        var buttons = parts.Where(part => TemplateRules.Type(part) == "buttons").SelectMany(part => SendChecks.Items(part, "buttons")).Select(TemplateRules.Type).ToHashSet(StringComparer.Ordinal);
        if (buttons.Contains("spm") != (header == "product"))
        {
            checks.Refuse(GraphError.Under100(2388047, "A PRODUCT header and an SPM button belong together."));
        }

        if (buttons.Contains("mpm") && header != "text")
        {
            checks.Refuse(GraphError.Under100(2388047, "An MPM template needs a text header."));
        }
    }

    private static int BodyMaxOf(List<JsonElement> parts, HashSet<string> types) =>
        types.Contains("limited_time_offer") ? OfferBodyMax
            : parts.Exists(part => TemplateRules.Type(part) == "buttons" && SendChecks.Items(part, "buttons").Any(b => TemplateRules.Type(b) == "spm"))
                ? CardBodyMax
            : BodyMax;

    private static void Body(JsonElement part, int max, bool named, SendChecks checks)
    {
        var text = TemplateRules.Words(part);
        Words(text, "body", max, 2388072, checks);
        Variables(part, text, "body", named, 2388072, checks);
    }

    private static void Footer(JsonElement part, SendChecks checks)
    {
        var text = TemplateRules.Words(part);
        if (text.Length is 0 || text.Contains("{{", StringComparison.Ordinal) || text.Contains('\n', StringComparison.Ordinal))
        {
            checks.Refuse(GraphError.Under100(2388073, "A footer is one line without variables."));
        }

        if (text.Length > FooterMax)
        {
            checks.Refuse(GraphError.Under100(2388040, $"The footer has {text.Length} characters; {FooterMax} are allowed."));
        }
    }

    private static void LimitedTime(JsonElement part, List<JsonElement> parts, string category, SendChecks checks)
    {
        var text = SendChecks.Member(SendChecks.Member(part, "limited_time_offer"), "text").ToString();
        if (category != "MARKETING")
        {
            checks.Refuse(100, "A limited-time offer must be a MARKETING template.");
        }

        if (text.Length is 0 or > 16)
        {
            checks.Refuse(GraphError.Under100(2388040, "The text of a limited-time offer has 1 to 16 characters."));
        }

        if (parts.Exists(p => TemplateRules.Type(p) == "footer"))
        {
            checks.Refuse(100, "A limited-time offer takes no footer.");
        }

        if (parts.Where(p => TemplateRules.Type(p) == "header").Select(p => SendChecks.Member(p, "format").ToString().ToUpperInvariant())
            .Any(format => format is not ("IMAGE" or "VIDEO")))
        {
            checks.Refuse(GraphError.Under100(2388047, "The header of a limited-time offer is an IMAGE or a VIDEO."));
        }

        var buttons = parts.Where(p => TemplateRules.Type(p) == "buttons").SelectMany(p => SendChecks.Items(p, "buttons")).Select(TemplateRules.Type).ToList();
        if (!buttons.SequenceEqual(["url"]) && !buttons.SequenceEqual(["copy_code", "url"]))
        {
            checks.Refuse(100, "A limited-time offer has a URL button, with a COPY_CODE button before it or not.");
        }
    }

    // Source: Meta, "Time to live", 2025. A marketing lifetime only works through the Marketing Messages API.
    private static void CheckLife(string category, int? seconds, SendChecks checks)
    {
        var fits = seconds is null || category switch
        {
            "AUTHENTICATION" => seconds is -1 or (>= 30 and <= 900),
            "UTILITY" => seconds is -1 or (>= 30 and <= 43_200),
            _ => seconds is >= 43_200 and <= 2_592_000,
        };
        if (!fits)
        {
            checks.Refuse(100, "Param message_send_ttl_seconds is outside the range of the category.");
        }
    }

    [GeneratedRegex("^[a-z0-9_]{1,512}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{\s*[A-Za-z0-9_]+\s*\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\}\}\s*\{\{", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Neighbours();

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VariableName();
}
