using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>
/// Pure: WhatsApp's array of components as a composed template. Whatever is not known, or not of the form expected, is kept as it came.
/// </summary>
public static class ReadComponents
{
    /// <exception cref="JsonException">It is not a JSON array.</exception>
    public static ComposedTemplate Run(string name, string language, string category, bool named, string componentsJson)
    {
        var template = new ComposedTemplate { Name = name, Language = language, Category = category.ToUpperInvariant(), Named = named };
        if (JsonNode.Parse(componentsJson) is not JsonArray components)
        {
            throw new JsonException("The components are not an array.");
        }

        var read = new Parts(template.Category == TemplateCategories.Authentication);
        foreach (var component in components)
        {
            if (component is not JsonObject part || !read.Take(part))
            {
                read.Others.Add(component?.ToJsonString() ?? "null");
            }
        }

        return template with
        {
            Header = read.Header,
            Body = read.Body ?? ComposedText.Empty,
            Footer = read.Footer,
            Buttons = read.Buttons,
            Offer = read.Offer,
            Cards = read.Cards,
            AsksToCall = read.AsksToCall,
            Code = read.Code,
            Others = read.Others,
            Rest = read.Rest,
        };
    }

    private static string Word(JsonObject part, string name) => (Text(part, name) ?? "").ToUpperInvariant();

    private static string? Text(JsonObject part, string name) => part[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool? Flag(JsonObject part, string name) => part[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    private static int? Number(JsonObject part, string name) => part[name] switch
    {
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.TryGetValue<string>(out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>What is left of a part besides what is known of it; null for nothing.</summary>
    private static string? RestOf(JsonObject part, params ReadOnlySpan<string> known)
    {
        JsonObject rest = [];
        foreach (var (name, value) in part)
        {
            if (!known.Contains(name))
            {
                rest[name] = value?.DeepClone();
            }
        }

        return rest.Count == 0 ? null : rest.ToJsonString();
    }

    private static ComposedHeader? HeaderOf(JsonObject part) => Word(part, "format") switch
    {
        "TEXT" => new ComposedHeader.Text(TextOf(part, "header")),
        "IMAGE" => MediaOf(part, HeaderMediaKind.Image),
        "VIDEO" => MediaOf(part, HeaderMediaKind.Video),
        "DOCUMENT" => MediaOf(part, HeaderMediaKind.Document),
        "GIF" => MediaOf(part, HeaderMediaKind.Gif),
        "LOCATION" => new ComposedHeader.Location(),
        "PRODUCT" => new ComposedHeader.Product(),
        _ => new ComposedHeader.Other(part.ToJsonString()),
    };

    /// <summary>What is read back is an address that expires; what is submitted is a handle.</summary>
    private static ComposedHeader.Media MediaOf(JsonObject part, HeaderMediaKind kind)
    {
        var example = (part["example"] as JsonObject)?["header_handle"] switch
        {
            JsonArray { Count: > 0 } list when list[0] is JsonValue first && first.TryGetValue<string>(out var text) => text,
            JsonValue single when single.TryGetValue<string>(out var text) => text,
            _ => null,
        };
        return new ComposedHeader.Media(example?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true
            ? new ComposedMedia(kind, Address: example)
            : new ComposedMedia(kind, Handle: example));
    }

    private static ComposedText TextOf(JsonObject part, string place)
    {
        var text = Text(part, "text") ?? "";
        var samples = new Dictionary<string, string>(StringComparer.Ordinal);
        var example = part["example"] as JsonObject;
        if (example?[$"{place}_text_named_params"] is JsonArray named)
        {
            foreach (var pair in named.OfType<JsonObject>())
            {
                if (Text(pair, "param_name") is { } name && Text(pair, "example") is { } sample)
                {
                    samples[name] = sample;
                }
            }
        }

        var variables = VariablesOf.Text(text);
        var list = Flat(example?[$"{place}_text"]);
        for (var index = 0; index < Math.Min(variables.Count, list.Count); index++)
        {
            samples.TryAdd(variables[index], list[index]);
        }

        return new ComposedText(text, samples);
    }

    /// <summary>Body samples are an array in an array, header samples a flat one; single values also come as bare texts.</summary>
    private static List<string> Flat(JsonNode? node) => node switch
    {
        JsonArray { Count: > 0 } outer when outer[0] is JsonArray inner => Flat(inner),
        JsonArray list => [.. list.Select(value => value is JsonValue text && text.TryGetValue<string>(out var sample) ? sample : value?.ToString() ?? "")],
        JsonValue value when value.TryGetValue<string>(out var single) => [single],
        _ => [],
    };

    private static List<ComposedButton> ButtonsOf(JsonObject part) =>
        [.. (part["buttons"] as JsonArray ?? []).OfType<JsonObject>().Select(ButtonOf)];

    private static ComposedButton ButtonOf(JsonObject part)
    {
        var label = Text(part, "text") ?? "";
        return Word(part, "type") switch
        {
            "QUICK_REPLY" => new ComposedButton.QuickReply(label) { Rest = RestOf(part, "type", "text") },
            "URL" => new ComposedButton.Url(label, Text(part, "url") ?? "", Flat(part["example"]).FirstOrDefault())
            {
                Rest = RestOf(part, "type", "text", "url", "example"),
            },
            "PHONE_NUMBER" => new ComposedButton.Phone(label, Text(part, "phone_number") ?? "") { Rest = RestOf(part, "type", "text", "phone_number") },
            "COPY_CODE" => new ComposedButton.CopyCode(Flat(part["example"]).FirstOrDefault() ?? "") { Rest = RestOf(part, "type", "example", "text") },
            "FLOW" => FlowOf(part, label),
            "CATALOG" => new ComposedButton.Catalogue(label) { Rest = RestOf(part, "type", "text") },
            "MPM" => new ComposedButton.Products(label) { Rest = RestOf(part, "type", "text") },
            "SPM" => new ComposedButton.Product(label) { Rest = RestOf(part, "type", "text") },
            "VOICE_CALL" => new ComposedButton.VoiceCall(label) { Rest = RestOf(part, "type", "text") },
            "REQUEST_CONTACT_INFO" => new ComposedButton.ContactInfo { Rest = RestOf(part, "type", "text") },
            "ORDER_DETAILS" => new ComposedButton.OrderDetails(label) { Rest = RestOf(part, "type", "text") },
            _ => new ComposedButton.Other(part.ToJsonString()),
        };
    }

    private static ComposedButton.Flow FlowOf(JsonObject part, string label)
    {
        // Ids come back as integers too.
        var id = part["flow_id"] is JsonValue value ? value.ToString() : null;
        return new ComposedButton.Flow(
            label, id, Text(part, "flow_name"), Text(part, "flow_json"),
            Word(part, "flow_action") == "DATA_EXCHANGE" ? null : Text(part, "navigate_screen"), Text(part, "icon"))
        {
            Rest = RestOf(part, "type", "text", "flow_id", "flow_name", "flow_json", "flow_action", "navigate_screen", "icon"),
        };
    }

    private static ComposedCard CardOf(JsonObject part)
    {
        var card = new ComposedCard();
        List<string> others = [];
        foreach (var component in (part["components"] as JsonArray ?? []).OfType<JsonObject>())
        {
            switch (Word(component, "type"))
            {
                case "HEADER":
                    card = card with { Header = HeaderOf(component) };
                    break;
                case "BODY":
                    card = card with { Body = TextOf(component, "body") };
                    break;
                case "BUTTONS":
                    card = card with { Buttons = ButtonsOf(component) };
                    break;
                default:
                    others.Add(component.ToJsonString());
                    break;
            }
        }

        return card with { Others = others };
    }

    private sealed class Parts(bool isCode)
    {
        public ComposedHeader? Header { get; private set; }

        public ComposedText? Body { get; private set; }

        public string? Footer { get; private set; }

        public List<ComposedButton> Buttons { get; private set; } = [];

        public ComposedOffer? Offer { get; private set; }

        public List<ComposedCard> Cards { get; private set; } = [];

        public bool AsksToCall { get; private set; }

        public ComposedCode? Code { get; private set; } = isCode ? new ComposedCode(CodeDelivery.CopyCode, AddSecurityRecommendation: false) : null;

        public List<string> Others { get; } = [];

        public Dictionary<string, string> Rest { get; } = new(StringComparer.Ordinal);

        /// <returns>False for a component that is not known here.</returns>
        public bool Take(JsonObject part)
        {
            var type = Word(part, "type");
            switch (type)
            {
                case "HEADER":
                    Header = HeaderOf(part);
                    Keep(type, Header is ComposedHeader.Other ? null : RestOf(part, "type", "format", "text", "example"));
                    return true;
                case "BODY" when Code is not null:
                    Code = Code with { AddSecurityRecommendation = Flag(part, "add_security_recommendation") ?? false };
                    Keep(type, RestOf(part, "type", "text", "example", "add_security_recommendation"));
                    return true;
                case "BODY":
                    Body = TextOf(part, "body");
                    Keep(type, RestOf(part, "type", "text", "example"));
                    return true;
                case "FOOTER" when Code is not null:
                    Code = Code with { ExpiresInMinutes = Number(part, "code_expiration_minutes") };
                    Keep(type, RestOf(part, "type", "text", "code_expiration_minutes"));
                    return true;
                case "FOOTER":
                    Footer = Text(part, "text") ?? "";
                    Keep(type, RestOf(part, "type", "text"));
                    return true;
                case "BUTTONS" when Code is not null:
                    Code = CodeButton((part["buttons"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(), Code);
                    return true;
                case "BUTTONS":
                    Buttons = ButtonsOf(part);
                    Keep(type, RestOf(part, "type", "buttons"));
                    return true;
                case "LIMITED_TIME_OFFER" when part["limited_time_offer"] is JsonObject offer:
                    Offer = new ComposedOffer(Text(offer, "text") ?? "", Flag(offer, "has_expiration") ?? false);
                    Keep(type, RestOf(part, "type", "limited_time_offer"));
                    return true;
                case "CAROUSEL" when part["cards"] is JsonArray cards:
                    Cards = [.. cards.OfType<JsonObject>().Select(CardOf)];
                    Keep(type, RestOf(part, "type", "cards"));
                    return true;
                case "CALL_PERMISSION_REQUEST":
                    AsksToCall = true;
                    Keep(type, RestOf(part, "type"));
                    return true;
                default:
                    return false;
            }
        }

        private void Keep(string type, string? rest)
        {
            if (rest is not null)
            {
                Rest[type] = rest;
            }
        }

        /// <summary>Submitted as OTP, read back as a link that carries the same in its query (Meta, Authentication templates, 2025).</summary>
        private static ComposedCode CodeButton(JsonObject? button, ComposedCode code)
        {
            if (button is null)
            {
                return code;
            }

            var query = Uri.TryCreate(Text(button, "url"), UriKind.Absolute, out var url) ? HttpUtility.ParseQueryString(url.Query) : [];
            var type = Text(button, "otp_type") ?? query["otp_type"] ?? "COPY_CODE";
            List<CodeApp> apps = [.. (button["supported_apps"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(app => new CodeApp(Text(app, "package_name") ?? "", Text(app, "signature_hash") ?? ""))];
            if (apps.Count == 0 && query["package_name"] is { } package)
            {
                apps.Add(new CodeApp(package, query["signature_hash"] ?? ""));
            }

            return code with
            {
                Delivery = type.ToUpperInvariant() switch { "ONE_TAP" => CodeDelivery.OneTap, "ZERO_TAP" => CodeDelivery.ZeroTap, _ => CodeDelivery.CopyCode },
                Label = Text(button, "text"),
                FillInLabel = Text(button, "autofill_text") ?? query["cta_display_name"],
                Apps = apps.Count == 0 ? null : apps,
                ZeroTapTermsAccepted = Flag(button, "zero_tap_terms_accepted") ?? type.Equals("ZERO_TAP", StringComparison.OrdinalIgnoreCase),
            };
        }
    }
}
