using System.Text.Json;
using WaConsole.Simulator.Graph.Templates;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>
/// Compares the parameters of a send with the template's definition and fills them in.
/// Source: Meta, "Template messages" and "Template components" pages, November 2025 to March 2026.
/// </summary>
internal static class TemplateRules
{
    private const int BodyMax = 1024;

    /// <summary>Finds the template a send names, or refuses: 132001 unknown or not approved, 132015 paused, 132016 disabled.</summary>
    public static SimulatedTemplate? Find(JsonElement message, TemplateShelf shelf, SendChecks checks)
    {
        var sent = checks.Object(message, "template", "message");
        checks.OnlyKeys(sent, "template", "name", "language", "components", "namespace");
        var name = checks.Text(sent, "name", "template", 512) ?? "";
        var language = checks.Object(sent, "language", "template");
        checks.OnlyKeys(language, "language", "code", "policy");
        var code = checks.Text(language, "code", "language", 16) ?? "";
        if (checks.Text(language, "policy", "language", 32, required: false) is not (null or "deterministic"))
        {
            checks.Refuse(131009, "Param language['policy'] must be deterministic.");
        }

        if (checks.Failed)
        {
            return null;
        }

        var template = shelf.Find(name, code);
        switch (template?.Status)
        {
            case "APPROVED":
                return template;
            case "PAUSED":
                checks.Refuse(132015, "The template is paused because of its quality.");
                return null;
            case "DISABLED":
                checks.Refuse(132016, "The template was paused too often and is disabled.");
                return null;
            default:
                checks.Refuse(132001, "There is no approved template of this name in this language.");
                return null;
        }
    }

    /// <summary>The message as the customer will see it. Check for a refusal before using it.</summary>
    public static MessageContent Fill(SimulatedTemplate template, JsonElement message, SendChecks checks)
    {
        var sent = checks.Array(SendChecks.Member(message, "template"), "components", "template", required: false);
        var components = sent.ValueKind == JsonValueKind.Array ? sent.EnumerateArray().ToList() : [];
        foreach (var component in components)
        {
            checks.OnlyKeys(component, "components", "type", "sub_type", "index", "parameters", "cards");
            if (Type(component) is not ("header" or "body" or "button" or "carousel" or "limited_time_offer" or "tap_target_configuration"))
            {
                checks.Refuse(100, "Param components['type'] is not one of the supported types.");
            }
        }

        var content = new MessageContent { Kind = "template", TemplateName = template.Name };
        foreach (var definition in template.Components.EnumerateArray())
        {
            content = Type(definition) switch
            {
                "header" => Header(content, definition, components, template.Named, checks),
                "body" => content with { Text = Body(definition, components, template, checks) },
                "footer" => content with { Footer = Words(definition, template) },
                "buttons" => content with { Buttons = [.. TemplateButtonRules.Read(definition, components, checks), .. content.Buttons] },
                "call_permission_request" => content with { Buttons = [.. content.Buttons, new ButtonPart("call_permission_request", "")] },
                "carousel" => content with { Cards = TemplateCarouselRules.Read(definition, components, template, checks) },
                "limited_time_offer" => LimitedTime(content, definition, components, checks),
                _ => content,
            };
        }

        if (template.Category == "AUTHENTICATION")
        {
            SameCode(components, checks);
        }

        RefuseSuperfluous(template, components, checks);
        return content;
    }

    internal static string Type(JsonElement component) =>
        SendChecks.Member(component, "type") is { ValueKind: JsonValueKind.String } type
            ? type.GetString()!.ToLowerInvariant()
            : "";

    internal static string Words(JsonElement definition) =>
        SendChecks.Member(definition, "text") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    /// <summary>Those of a sign-in code are WhatsApp's own.</summary>
    private static string Words(JsonElement definition, SimulatedTemplate template) =>
        Words(definition) is { Length: 0 } && template.Category == "AUTHENTICATION" ? AuthenticationWording.Of(definition, template.Language) ?? "" : Words(definition);

    internal static MessageContent Header(
        MessageContent content, JsonElement definition, List<JsonElement> sent, bool named, SendChecks checks)
    {
        var parameters = Parameters(sent, "header");
        var format = SendChecks.Member(definition, "format").GetString()?.ToLowerInvariant() ?? "text";
        if (format == "text")
        {
            return content with { HeaderText = Text(Words(definition), parameters, named, "header", checks) };
        }

        if (parameters.Count != 1)
        {
            checks.Refuse(132012, $"header: Format mismatch, expected {format.ToUpperInvariant()}, received UNKNOWN.");
            return content;
        }

        var given = Type(parameters[0]);
        if (given != format)
        {
            checks.Refuse(132012, $"header: Format mismatch, expected {format.ToUpperInvariant()}, received {given.ToUpperInvariant()}.");
            return content;
        }

        return format switch
        {
            "location" => content with { Location = MessageRules.LocationObject(checks.Object(parameters[0], "location", "parameters"), checks) },
            "product" => content with { Product = ProductObject(parameters[0], checks) },
            _ => content with { Media = MessageRules.MediaObject(parameters[0], format, checks, out _) },
        };
    }

    private static ProductPart ProductObject(JsonElement parameter, SendChecks checks)
    {
        var product = checks.Object(parameter, "product", "parameters");
        return new ProductPart(
            checks.TextOrNumber(product, "catalog_id", "product") ?? "",
            checks.TextOrNumber(product, "product_retailer_id", "product") ?? "");
    }

    private static MessageContent LimitedTime(MessageContent content, JsonElement definition, List<JsonElement> sent, SendChecks checks)
    {
        var offer = SendChecks.Member(definition, "limited_time_offer");
        var expires = SendChecks.Member(offer, "has_expiration").ValueKind == JsonValueKind.True;
        var parameters = Parameters(sent, "limited_time_offer");
        if (expires != (parameters.Count == 1))
        {
            checks.Refuse(132012, "limited_time_offer: exactly one parameter with expiration_time_ms is expected.");
        }
        else if (expires)
        {
            var given = checks.Object(parameters[0], "limited_time_offer", "parameters");
            if (SendChecks.Member(given, "expiration_time_ms") is not { ValueKind: JsonValueKind.Number } time || !time.TryGetInt64(out var ms) || ms <= 0)
            {
                checks.Refuse(132012, "limited_time_offer: expiration_time_ms must be a Unix time in milliseconds.");
            }
        }

        return content with { HeaderText = content.HeaderText ?? Words(offer) };
    }

    // The code goes out twice, in the body and in the button, and has 15 characters at most. Meta, "Authentication templates", 2025.
    private static void SameCode(List<JsonElement> sent, SendChecks checks)
    {
        var inBody = Parameters(sent, "body").FirstOrDefault();
        var inButton = Parameters(sent, "button").FirstOrDefault();
        if (inBody.ValueKind != JsonValueKind.Object || inButton.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var code = SendChecks.Member(inBody, "text").ToString();
        if (code.Length > 15)
        {
            checks.Refuse(132018, "A one-time code has at most 15 characters.");
        }

        if (code != SendChecks.Member(inButton, "text").ToString())
        {
            checks.Refuse(132018, "The code in the button must be the code in the body.");
        }
    }

    internal static string Body(JsonElement definition, List<JsonElement> sent, SimulatedTemplate template, SendChecks checks)
    {
        var filled = Text(Words(definition, template), Parameters(sent, "body"), template.Named, "body", checks);
        if (filled.Length > BodyMax)
        {
            checks.Refuse(132005, $"The text has {filled.Length} characters after filling in; {BodyMax} are allowed.");
        }

        return filled;
    }

    internal static List<JsonElement> Parameters(List<JsonElement> sent, string type)
    {
        var component = sent.Find(c => Type(c) == type);
        return SendChecks.Member(component, "parameters") is { ValueKind: JsonValueKind.Array } found
            ? [.. found.EnumerateArray()]
            : [];
    }

    private static string Text(string text, List<JsonElement> parameters, bool named, string place, SendChecks checks)
    {
        var variables = SimulatedTemplate.Variables(text);
        if (variables.Count != parameters.Count)
        {
            checks.Refuse(132000, $"{place}: number of localizable_params ({parameters.Count}) does not match "
                + $"the expected number of params ({variables.Count}).");
            return text;
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Count; i++)
        {
            var key = named ? checks.Text(parameters[i], "parameter_name", "parameters", 100, required: false) : variables[i];
            if (key is null || !variables.Contains(key))
            {
                checks.Refuse(132012, $"{place}: the parameter at index {i} has no parameter_name of the template.");
                return text;
            }

            values[key] = Value(parameters[i], place, i, checks);
        }

        if (values.Count < variables.Count)
        {
            checks.Refuse(132012, $"{place}: a parameter_name comes twice.");
        }

        return SimulatedTemplate.Fill(text, values);
    }

    private static string Value(JsonElement parameter, string place, int index, SendChecks checks)
    {
        var value = Type(parameter) switch
        {
            "text" => checks.Text(parameter, "text", "parameters", 32768),
            "currency" => Currency(checks.Object(parameter, "currency", "parameters"), checks),
            "date_time" => checks.Text(checks.Object(parameter, "date_time", "parameters"), "fallback_value", "date_time", 200),
            _ => null,
        };
        if (value is null)
        {
            checks.Refuse(132012, $"{place}: the parameter at index {index} is not a text.");
            return "";
        }

        if (value.AsSpan().IndexOfAny('\n', '\r', '\t') >= 0 || value.Contains("     ", StringComparison.Ordinal))
        {
            checks.Refuse(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces.");
        }

        return value;
    }

    private static string? Currency(JsonElement currency, SendChecks checks)
    {
        checks.Text(currency, "code", "currency", 3);
        if (SendChecks.Member(currency, "amount_1000").ValueKind != JsonValueKind.Number)
        {
            checks.Refuse(131008, "The parameter currency['amount_1000'] is required.");
        }

        return checks.Text(currency, "fallback_value", "currency", 200);
    }

    private static void RefuseSuperfluous(SimulatedTemplate template, List<JsonElement> sent, SendChecks checks)
    {
        var defined = template.Components.EnumerateArray().Select(Type).ToHashSet(StringComparer.Ordinal);
        foreach (var type in sent.Select(Type))
        {
            var known = type switch
            {
                "button" => defined.Contains("buttons"),
                "tap_target_configuration" => true,
                _ => defined.Contains(type),
            };
            if (!known && (Parameters(sent, type).Count > 0 || type == "carousel"))
            {
                checks.Refuse(132000, $"{type}: the template has no such component with parameters.");
            }
        }
    }
}
