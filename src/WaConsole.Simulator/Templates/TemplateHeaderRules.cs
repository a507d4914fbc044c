using System.Text.Json;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Media;

namespace WaConsole.Simulator.Templates;

/// <summary>The header of a template or of a card: a line of text, a sample file, a place or a product.</summary>
internal static class TemplateHeaderRules
{
    private const int TextMax = 60;

    private static readonly Dictionary<string, (string[] Types, long MaxBytes)> Files = new(StringComparer.Ordinal)
    {
        ["image"] = (["image/jpeg", "image/png"], 5 * 1024 * 1024),
        ["video"] = (["video/mp4", "video/3gpp"], 16 * 1024 * 1024),
        ["document"] = (["application/pdf"], 100 * 1024 * 1024),
        ["gif"] = (["video/mp4"], 3_670_016),
    };

    public static void Check(JsonElement part, string category, bool named, bool inCard, UploadShelf? uploads, SendChecks checks)
    {
        var format = SendChecks.Member(part, "format").ToString().ToLowerInvariant();
        if (inCard && format is not ("image" or "video" or "product"))
        {
            checks.Refuse(GraphError.Under100(2388047, "The header of a card is an IMAGE, a VIDEO or a PRODUCT."));
        }
        else if (Files.TryGetValue(format, out var rule))
        {
            Sample(part, format, rule, uploads, checks);
        }
        else if (format == "location")
        {
            if (category is not ("UTILITY" or "MARKETING"))
            {
                checks.Refuse(GraphError.Under100(2388047, "A location header needs the category UTILITY or MARKETING."));
            }
        }
        else if (format == "text")
        {
            Text(part, named, checks);
        }
        else if (format != "product")
        {
            checks.Refuse(GraphError.Under100(2388047, "The header's format must be TEXT, IMAGE, VIDEO, DOCUMENT, GIF, LOCATION or PRODUCT."));
        }
    }

    private static void Text(JsonElement part, bool named, SendChecks checks)
    {
        var text = TemplateRules.Words(part);
        if (text.Length is 0 || text.Contains('\n', StringComparison.Ordinal) || text.AsSpan().ContainsAny('*', '~', '`'))
        {
            checks.Refuse(GraphError.Under100(2388047, "A text header is one line without formatting."));
            return;
        }

        if (text.Length > TextMax)
        {
            checks.Refuse(GraphError.Under100(2388040, $"The header has {text.Length} characters; {TextMax} are allowed."));
        }

        var variables = SimulatedTemplate.Variables(text);
        if (variables.Count > 1)
        {
            checks.Refuse(GraphError.Under100(2388047, "A header takes one variable at most."));
        }

        if (variables.Count > 0)
        {
            var trimmed = text.Trim();
            if (trimmed.StartsWith("{{", StringComparison.Ordinal) || trimmed.EndsWith("}}", StringComparison.Ordinal))
            {
                checks.Refuse(GraphError.Under100(2388299, "The header may not start or end with a variable."));
            }

            TemplateDefinitionRules.Variables(part, text, "header", named, 2388047, checks);
        }
    }

    private static void Sample(JsonElement part, string format, (string[] Types, long MaxBytes) rule, UploadShelf? uploads, SendChecks checks)
    {
        if (uploads is null)
        {
            return;
        }

        var handle = SendChecks.Items(SendChecks.Member(part, "example"), "header_handle").FirstOrDefault().ToString();
        if (handle.Length == 0)
        {
            checks.Refuse(GraphError.Under100(2388047, "A media header needs a sample: example.header_handle."));
        }
        else if (uploads.OfHandle(handle) is not { } file)
        {
            checks.Refuse(GraphError.Under100(2388047, "example.header_handle is not the handle of a finished upload."));
        }
        else if (!rule.Types.Contains(file.MimeType) || file.Bytes.Length > rule.MaxBytes)
        {
            checks.Refuse(GraphError.Under100(2388047, $"The sample does not fit a header of the format {format.ToUpperInvariant()}."));
        }
    }
}
