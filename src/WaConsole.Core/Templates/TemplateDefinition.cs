using System.Text.Json;
using System.Text.RegularExpressions;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;

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

    /// <summary>Meta's pages say 15 and 20; what both take is 15.</summary>
    public const int CodeLimit = 15;

    public static TemplateView Read(Template template)
    {
        var parts = new Parts();
        try
        {
            using var json = JsonDocument.Parse(template.ComponentsJson);
            foreach (var component in json.RootElement.EnumerateArray())
            {
                ReadComponent(component, parts);
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            parts.Because = Texts.Templates.Keep("Unreadable");
        }

        var because = StatusReason(template) ?? CategoryReason(template) ?? parts.Because;
        return new TemplateView(
            template.Id, template.Name, template.Language, template.Category, template.Status, template.Quality,
            parts.HeaderKind, parts.HeaderText, parts.Body, parts.Footer, parts.Buttons, parts.Fields,
            Sendable: because is null, KeptText.Read(because))
        {
            KeptReason = because,
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

    private static void ReadComponent(JsonElement component, Parts parts)
    {
        switch (Word(component, "type"))
        {
            case "HEADER":
                ReadHeader(component, parts);
                break;
            case "BODY":
                parts.Body = Text(component, "text") ?? "";
                AddTextFields(component, parts, "body", "FieldBody", parts.Body, BodyLimit);
                break;
            case "FOOTER":
                parts.Footer = Text(component, "text");
                break;
            case "BUTTONS":
                ReadButtons(component, parts);
                break;
            case "CALL_PERMISSION_REQUEST":
                break;
            case "CAROUSEL":
                parts.Because ??= Texts.Templates.Keep("PartCarousel");
                break;
            case "LIMITED_TIME_OFFER":
                parts.Because ??= Texts.Templates.Keep("PartOffer");
                break;
            case var other:
                parts.Because ??= Texts.Templates.Keep("PartOther", other);
                break;
        }
    }

    private static void ReadHeader(JsonElement component, Parts parts)
    {
        parts.HeaderKind = Word(component, "format");
        switch (parts.HeaderKind)
        {
            case "TEXT":
                parts.HeaderText = Text(component, "text") ?? "";
                AddTextFields(component, parts, "header", "FieldHeader", parts.HeaderText, HeaderLimit);
                break;
            case "IMAGE":
                parts.Fields.Add(new TemplateField("header.media", TemplateFieldKind.Image, Texts.Templates.Of("FieldHeaderImage"), null, 0));
                break;
            case "VIDEO":
                parts.Fields.Add(new TemplateField("header.media", TemplateFieldKind.Video, Texts.Templates.Of("FieldHeaderVideo"), null, 0));
                break;
            case "DOCUMENT":
                parts.Fields.Add(new TemplateField("header.media", TemplateFieldKind.Document, Texts.Templates.Of("FieldHeaderDocument"), null, 0));
                break;
            case "LOCATION":
                parts.Fields.Add(new TemplateField("header.location", TemplateFieldKind.Location, Texts.Templates.Of("FieldHeaderLocation"), null, 0));
                break;
            case var other:
                parts.Because ??= Texts.Templates.Keep("PartHeader", other);
                break;
        }
    }

    private static void AddTextFields(JsonElement component, Parts parts, string place, string label, string text, int limit)
    {
        var variables = Variables(text);
        var room = Math.Max(0, limit - WithoutVariables(text).Length);
        for (var index = 0; index < variables.Count; index++)
        {
            var name = variables[index];
            parts.Fields.Add(new TemplateField(
                $"{place}.{name}", TemplateFieldKind.Text, Texts.Templates.Of(label, name), Sample(component, place, name, index), room));
        }
    }

    private static void ReadButtons(JsonElement component, Parts parts)
    {
        if (!component.TryGetProperty("buttons", out var buttons) || buttons.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var button in buttons.EnumerateArray())
        {
            var index = parts.Buttons.Count;
            var kind = Word(button, "type");
            var text = Text(button, "text") ?? "";
            var target = Text(button, "url") ?? Text(button, "phone_number");
            parts.Buttons.Add(new TemplateButton(kind, text, target));
            switch (kind)
            {
                case "QUICK_REPLY" or "PHONE_NUMBER" or "VOICE_CALL" or "REQUEST_CONTACT_INFO":
                    break;
                case "URL" when target is not null && Variables(target).Count > 0:
                    var fixedPart = WithoutVariables(target);
                    parts.Fields.Add(new TemplateField(
                        $"button.{index}", TemplateFieldKind.UrlSuffix, Texts.Templates.Of("FieldUrl", text),
                        Suffix(FirstExample(button), fixedPart), Math.Max(0, UrlLimit - fixedPart.Length)));
                    break;
                case "URL":
                    break;
                case "COPY_CODE":
                    parts.Fields.Add(new TemplateField(
                        $"button.{index}", TemplateFieldKind.CopyCode, Texts.Templates.Of("FieldCode"), FirstExample(button), CodeLimit));
                    break;
                default:
                    parts.Because ??= ButtonReason(kind);
                    break;
            }
        }
    }

    private static string ButtonReason(string kind) => kind switch
    {
        "FLOW" => Texts.Templates.Keep("PartFlow"),
        "CATALOG" or "MPM" or "SPM" => Texts.Templates.Keep("PartCatalog"),
        "OTP" => Texts.Templates.Keep("PartCode"),
        _ => Texts.Templates.Keep("PartOther", kind),
    };

    private static string? StatusReason(Template template) => template switch
    {
        { DeletedAtUtc: not null } => Texts.Templates.Keep("StatusDeleted"),
        { Status: "APPROVED" } => null,
        { Status: "PENDING" or "IN_APPEAL" } => Texts.Templates.Keep("StatusPending"),
        { Status: "REJECTED" } => Texts.Templates.Keep("StatusRejected"),
        { Status: "PAUSED" } => Texts.Templates.Keep("StatusPaused"),
        { Status: "DISABLED" } => Texts.Templates.Keep("StatusDisabled"),
        { Status: "DELETED" or "PENDING_DELETION" } => Texts.Templates.Keep("StatusDeleted"),
        _ => Texts.Templates.Keep("StatusOther", template.Status),
    };

    /// <summary>WhatsApp lists the code button of an authentication template as a plain link, so the category tells.</summary>
    private static string? CategoryReason(Template template) =>
        template.Category == "AUTHENTICATION" ? Texts.Templates.Keep("PartCode") : null;

    private static string? Sample(JsonElement component, string place, string name, int index)
    {
        if (!component.TryGetProperty("example", out var example) || example.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (example.TryGetProperty($"{place}_text_named_params", out var named) && named.ValueKind == JsonValueKind.Array)
        {
            foreach (var pair in named.EnumerateArray())
            {
                if (Text(pair, "param_name") == name)
                {
                    return Text(pair, "example");
                }
            }
        }

        return example.TryGetProperty($"{place}_text", out var list) ? At(list, index) : null;
    }

    /// <summary>Body samples are an array in an array, header samples a flat one; single values also come as bare texts.</summary>
    private static string? At(JsonElement list, int index) => list.ValueKind switch
    {
        JsonValueKind.String => index == 0 ? list.GetString() : null,
        JsonValueKind.Array when list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Array => At(list[0], index),
        JsonValueKind.Array when index < list.GetArrayLength() && list[index].ValueKind == JsonValueKind.String => list[index].GetString(),
        _ => null,
    };

    private static string? FirstExample(JsonElement button) => button.TryGetProperty("example", out var example) ? At(example, 0) : null;

    private static string? Suffix(string? sample, string fixedPart) =>
        sample is not null && sample.StartsWith(fixedPart, StringComparison.Ordinal) ? sample[fixedPart.Length..] : sample;

    private static string Word(JsonElement element, string name) => (Text(element, name) ?? "").ToUpperInvariant();

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}\s]+)\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    private sealed class Parts
    {
        public string? HeaderKind { get; set; }

        public string? HeaderText { get; set; }

        public string Body { get; set; } = "";

        public string? Footer { get; set; }

        public List<TemplateButton> Buttons { get; } = [];

        public List<TemplateField> Fields { get; } = [];

        public string? Because { get; set; }
    }
}
