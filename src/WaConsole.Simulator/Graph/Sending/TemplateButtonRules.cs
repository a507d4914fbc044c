using System.Globalization;
using System.Text.Json;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>The buttons of a template with what a send puts into them.</summary>
internal static class TemplateButtonRules
{
    public static IReadOnlyList<ButtonPart> Read(JsonElement definition, List<JsonElement> sent, SendChecks checks)
    {
        var defined = SendChecks.Member(definition, "buttons").EnumerateArray().ToList();
        var given = Given(sent, defined.Count, checks);
        return [.. defined.Select((button, index) => Button(button, index, given.GetValueOrDefault(index), checks))];
    }

    private static Dictionary<int, JsonElement> Given(List<JsonElement> sent, int count, SendChecks checks)
    {
        Dictionary<int, JsonElement> given = [];
        foreach (var component in sent.Where(component => TemplateRules.Type(component) == "button"))
        {
            var index = checks.TextOrNumber(component, "index", "components");
            if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                || position >= count || !given.TryAdd(position, component))
            {
                checks.Refuse(132018, $"buttons: there is no button at index {index} in the template, or it comes twice.");
            }
        }

        return given;
    }

    private static ButtonPart Button(JsonElement button, int index, JsonElement given, SendChecks checks)
    {
        var type = TemplateRules.Type(button);
        var title = TemplateRules.Words(button);
        var subType = given.ValueKind == JsonValueKind.Object
            ? checks.Text(given, "sub_type", "components", 32)?.ToLowerInvariant()
            : null;
        var parameter = TemplateRules.Parameters(given.ValueKind == JsonValueKind.Object ? [given] : [], "button").FirstOrDefault();
        if (subType is not null && subType != SubTypeOf(type))
        {
            checks.Refuse(132018, $"buttons: the button at index {index} is not of sub_type {subType}.");
            return new ButtonPart(type, title);
        }

        return type switch
        {
            "quick_reply" => new ButtonPart("quick_reply", title, Payload(parameter, checks) ?? title),
            "url" => new ButtonPart("url", title, Url(button, index, parameter, checks)),
            "otp" => new ButtonPart("copy_code", title.Length > 0 ? title : "Copy code", Demand(parameter, "text", index, type, checks)),
            "copy_code" => new ButtonPart("copy_code", title.Length > 0 ? title : "Copy offer code", Coupon(parameter, index, checks)),
            "phone_number" => new ButtonPart("phone", title, SendChecks.Member(button, "phone_number").GetString()),
            "flow" => new ButtonPart("flow", title, Flow(parameter, checks)),
            "catalog" => new ButtonPart("catalog", title.Length > 0 ? title : "View catalog", Thumbnail(parameter, checks)),
            "mpm" => new ButtonPart("mpm", title.Length > 0 ? title : "View items", Products(parameter, index, checks)),
            "voice_call" => new ButtonPart("voice_call", title, Call(given, checks)),
            "order_details" => new ButtonPart("order_details", title, OrderDetails(parameter, index, checks)),
            "request_contact_info" => new ButtonPart("request_contact_info", title.Length > 0 ? title : "Share Contact Info"),
            _ => new ButtonPart(type, title),
        };
    }

    private static string SubTypeOf(string type) => type == "otp" ? "url" : type;

    private static JsonElement Action(JsonElement parameter, SendChecks checks)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        if (TemplateRules.Type(parameter) != "action")
        {
            checks.Refuse(132012, "buttons: this button takes a parameter of type action.");
        }

        return checks.Object(parameter, "action", "parameters");
    }

    private static string? Flow(JsonElement parameter, SendChecks checks)
    {
        var action = Action(parameter, checks);
        checks.Object(action, "flow_action_data", "action", required: false);
        return checks.Text(action, "flow_token", "action", 1000, required: false);
    }

    private static string? Thumbnail(JsonElement parameter, SendChecks checks) =>
        checks.TextOrNumber(Action(parameter, checks), "thumbnail_product_retailer_id", "action", required: false);

    private static string? Products(JsonElement parameter, int index, SendChecks checks)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            checks.Refuse(131008, $"buttons: Button at index {index} of type Mpm requires a parameter.");
            return null;
        }

        var action = Action(parameter, checks);
        var sections = checks.Array(action, "sections", "action");
        var products = SendChecks.Items(action, "sections").Sum(section => SendChecks.Items(section, "product_items").Count());
        if (sections.ValueKind == JsonValueKind.Array && (sections.GetArrayLength() is 0 or > 10 || products is 0 or > 30))
        {
            checks.Refuse(131009, "buttons: a multi-product button holds 1 to 30 products in 1 to 10 sections.");
        }

        foreach (var section in SendChecks.Items(action, "sections"))
        {
            checks.Text(section, "title", "sections", 24, required: sections.GetArrayLength() > 1);
        }

        return checks.TextOrNumber(action, "thumbnail_product_retailer_id", "action");
    }

    private static string? Call(JsonElement given, SendChecks checks)
    {
        string? payload = null;
        foreach (var parameter in SendChecks.Items(given, "parameters"))
        {
            switch (TemplateRules.Type(parameter))
            {
                case "ttl_minutes" when SendChecks.Member(parameter, "ttl_minutes") is { ValueKind: JsonValueKind.Number } ttl
                    && ttl.TryGetInt32(out var minutes) && minutes is >= 1 and <= 43200:
                    break;
                case "payload":
                    payload = checks.Text(parameter, "payload", "parameters", 512);
                    break;
                default:
                    checks.Refuse(132012, "buttons: a call button takes ttl_minutes (1 to 43200) and payload.");
                    break;
            }
        }

        return payload;
    }

    private static string? OrderDetails(JsonElement parameter, int index, SendChecks checks)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            checks.Refuse(131008, $"buttons: Button at index {index} of type OrderDetails requires a parameter.");
            return null;
        }

        return checks.Text(checks.Object(Action(parameter, checks), "order_details", "action"), "reference_id", "order_details", 35);
    }

    private static string? Payload(JsonElement parameter, SendChecks checks)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (TemplateRules.Type(parameter) != "payload")
        {
            checks.Refuse(132012, "buttons: a quick reply takes a parameter of type payload.");
        }

        return checks.Text(parameter, "payload", "parameters", 256);
    }

    private static string Url(JsonElement button, int index, JsonElement parameter, SendChecks checks)
    {
        var url = SendChecks.Member(button, "url").GetString() ?? "";
        var variables = SimulatedTemplate.Variables(url);
        if (variables.Count == 0)
        {
            if (parameter.ValueKind == JsonValueKind.Object)
            {
                checks.Refuse(132018, $"buttons: Button at index {index} of type Url takes no parameter.");
            }

            return url;
        }

        var suffix = Demand(parameter, "text", index, "Url", checks);
        return SimulatedTemplate.Fill(url, new Dictionary<string, string>(StringComparer.Ordinal) { [variables[0]] = suffix });
    }

    private static string Coupon(JsonElement parameter, int index, SendChecks checks)
    {
        var code = Demand(parameter, "coupon_code", index, "CopyCode", checks);
        if (code.Length > 20 || !code.All(char.IsAsciiLetterOrDigit))
        {
            checks.Refuse(132018, "buttons: a coupon code has at most 20 letters and digits.");
        }

        return code;
    }

    private static string Demand(JsonElement parameter, string type, int index, string button, SendChecks checks)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            checks.Refuse(131008, $"buttons: Button at index {index} of type {button} requires a parameter.");
            return "";
        }

        if (TemplateRules.Type(parameter) != type)
        {
            checks.Refuse(132012, $"buttons: Button at index {index} requires a parameter of type {type}.");
            return "";
        }

        return checks.Text(parameter, type, "parameters", 2000) ?? "";
    }
}
