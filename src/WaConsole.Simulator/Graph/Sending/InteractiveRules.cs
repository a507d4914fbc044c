using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>The rules of interactive messages. Source: Meta, "Interactive messages" pages, November 2025.</summary>
internal static class InteractiveRules
{
    private const int BodyMax = 1024;
    private const int ListBodyMax = 4096;
    private const int HeaderMax = 60;
    private const int FooterMax = 60;
    private const int LabelMax = 20;

    private static readonly string[] AnyHeader = ["text", "image", "video", "document"];

    public static MessageContent Read(JsonElement message, SendChecks checks)
    {
        var interactive = checks.Object(message, "interactive", "message");
        var type = checks.Text(interactive, "type", "interactive", 64) ?? "";
        checks.OnlyKeys(interactive, "interactive", "type", "header", "body", "footer", "action");
        var bodyless = type is "product" or "call_permission_request";
        var content = new MessageContent
        {
            Kind = "interactive",
            SubKind = type,
            Text = Words(interactive, "body", type == "list" ? ListBodyMax : BodyMax, required: !bodyless, checks),
            Footer = Words(interactive, "footer", FooterMax, required: false, checks),
        };
        var action = checks.Object(interactive, "action", "interactive");
        content = type switch
        {
            "button" => content with { Buttons = ReplyButtons(action, checks) },
            "list" => content with { List = List(action, checks) },
            "cta_url" => content with { Buttons = [LinkButton(action, checks)] },
            "location_request_message" => Named(content, action, "send_location", "send_location", checks),
            "request_contact_info" => Named(content, action, "request_contact_info", "request_contact_info", checks),
            "call_permission_request" => Named(content, action, "call_permission_request", "call_permission_request", checks),
            "flow" => content with { Buttons = [Flow(action, checks)] },
            "voice_call" => content with { Buttons = [VoiceCall(action, checks)] },
            "product" => Product(content, action, checks),
            "product_list" => ProductList(content, interactive, action, checks),
            "catalog_message" => Named(content, action, "catalog_message", "catalog", checks),
            "carousel" => content with { Cards = CarouselRules.Read(action, checks) },
            "address_message" => Address(content, message, action, checks),
            "order_details" => PaymentRules.Details(content, action, checks),
            "order_status" => PaymentRules.Status(content, action, checks),
            _ => Unknown(content, checks),
        };
        return NoFooter(Header(content, interactive, checks), checks);
    }

    /// <summary>Up to three buttons with their own ids and titles.</summary>
    public static IReadOnlyList<ButtonPart> ReplyButtons(JsonElement action, SendChecks checks)
    {
        var buttons = checks.Array(action, "buttons", "action");
        if (buttons.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        List<ButtonPart> read = [];
        foreach (var button in buttons.EnumerateArray())
        {
            checks.OnlyKeys(button, "buttons", "type", "reply");
            if (checks.Text(button, "type", "buttons", 32) is not "reply")
            {
                checks.Refuse(131009, "Param buttons['type'] must be reply.");
            }

            var reply = checks.Object(button, "reply", "buttons");
            read.Add(new ButtonPart(
                "reply",
                checks.Text(reply, "title", "buttons['reply']", LabelMax) ?? "",
                checks.Text(reply, "id", "buttons['reply']", 256) ?? ""));
        }

        if (read.Count is 0 or > 3)
        {
            checks.Refuse(131009, "Param action['buttons'] must hold 1 to 3 buttons.");
        }

        if (read.DistinctBy(button => button.Value).Count() < read.Count || read.DistinctBy(button => button.Title).Count() < read.Count)
        {
            checks.Refuse(131009, "The ids and the titles of the buttons must differ.");
        }

        return read;
    }

    /// <summary>A button that opens an address.</summary>
    public static ButtonPart LinkButton(JsonElement action, SendChecks checks)
    {
        ActionName(action, "cta_url", checks);
        var parameters = checks.Object(action, "parameters", "action");
        var url = checks.Text(parameters, "url", "parameters", 2000) ?? "";
        if (url.Length > 0 && !MessageRules.IsWebAddress(url))
        {
            checks.Refuse(131009, "Param parameters['url'] is not a valid address.");
        }

        return new ButtonPart("url", checks.Text(parameters, "display_text", "parameters", LabelMax) ?? "", url);
    }

    private static string? Words(JsonElement interactive, string part, int max, bool required, SendChecks checks)
    {
        var found = checks.Object(interactive, part, "interactive", required);
        checks.OnlyKeys(found, part, "text");
        return found.ValueKind == JsonValueKind.Object ? checks.Text(found, "text", part, max) : null;
    }

    private static MessageContent Header(MessageContent content, JsonElement interactive, SendChecks checks)
    {
        var header = checks.Object(interactive, "header", "interactive", required: false);
        string[] allowed = content.SubKind switch
        {
            "button" or "cta_url" or "flow" or "order_details" => AnyHeader,
            "list" or "product_list" => ["text"],
            _ => [],
        };
        if (header.ValueKind != JsonValueKind.Object)
        {
            if (content.SubKind == "product_list")
            {
                checks.Refuse(131008, "The parameter interactive['header'] is required.");
            }

            return content;
        }

        var type = checks.Text(header, "type", "header", 32) ?? "";
        checks.OnlyKeys(header, "header", "type", type);
        if (!allowed.Contains(type))
        {
            checks.Refuse(131009, $"A message of type {content.SubKind} takes no such header.");
            return content;
        }

        return type == "text"
            ? content with { HeaderText = checks.Text(header, "text", "header", HeaderMax) }
            : content with { Media = MessageRules.MediaObject(header, type, checks, out _) };
    }

    private static ListPart List(JsonElement action, SendChecks checks)
    {
        var sections = checks.Array(action, "sections", "action");
        List<ListSection> read = [];
        if (sections.ValueKind == JsonValueKind.Array)
        {
            foreach (var section in sections.EnumerateArray())
            {
                read.Add(Section(section, sections.GetArrayLength() > 1, checks));
            }
        }

        if (read.Count is 0 or > 10 || read.Sum(section => section.Rows.Count) is 0 or > 10)
        {
            checks.Refuse(131009, "A list holds 1 to 10 sections and 1 to 10 rows over all of them.");
        }

        var ids = read.SelectMany(section => section.Rows).Select(row => row.Id).ToList();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
        {
            checks.Refuse(131009, "The ids of the rows must differ.");
        }

        return new ListPart(checks.Text(action, "button", "action", LabelMax) ?? "", read);
    }

    private static ListSection Section(JsonElement section, bool titled, SendChecks checks)
    {
        var title = checks.Text(section, "title", "sections", 24, required: titled);
        var rows = checks.Array(section, "rows", "sections");
        return new ListSection(title, rows.ValueKind != JsonValueKind.Array
            ? []
            :
            [
                .. rows.EnumerateArray().Select(row => new ListRow(
                    checks.Text(row, "id", "rows", 200) ?? "",
                    checks.Text(row, "title", "rows", 24) ?? "",
                    checks.Text(row, "description", "rows", 72, required: false))),
            ]);
    }

    private static ButtonPart Flow(JsonElement action, SendChecks checks)
    {
        ActionName(action, "flow", checks);
        var parameters = checks.Object(action, "parameters", "action");
        checks.OnlyKeys(
            parameters, "parameters", "flow_message_version", "flow_token", "flow_id", "flow_name", "flow_cta", "mode", "flow_action",
            "flow_action_payload");
        checks.Text(parameters, "flow_message_version", "parameters", 8);
        var (byId, byName) = (Given(parameters, "flow_id"), Given(parameters, "flow_name"));
        if (byId == byName)
        {
            checks.Refuse(byId ? 100 : 131008, "Exactly one of the parameters flow_id and flow_name is required.");
        }

        if (checks.Text(parameters, "mode", "parameters", 16, required: false) is not (null or "draft" or "published"))
        {
            checks.Refuse(131009, "Param parameters['mode'] must be draft or published.");
        }

        FlowAction(parameters, checks);
        var title = checks.Text(parameters, "flow_cta", "parameters", 30) ?? "";
        if (title.EnumerateRunes().Any(rune => rune.Value is >= 0x2600 and <= 0x27BF or >= 0x1F000))
        {
            checks.Refuse(131009, "Param parameters['flow_cta'] may hold no emoji.");
        }

        var token = checks.Text(parameters, "flow_token", "parameters", 1000, required: false) ?? "unused";
        return new ButtonPart("flow", title, token);
    }

    private static void FlowAction(JsonElement parameters, SendChecks checks)
    {
        var payload = checks.Object(parameters, "flow_action_payload", "parameters", required: false);
        var does = checks.Text(parameters, "flow_action", "parameters", 32, required: false);
        if (does is not (null or "navigate" or "data_exchange"))
        {
            checks.Refuse(131009, "Param parameters['flow_action'] must be navigate or data_exchange.");
        }

        if (does == "data_exchange" && payload.ValueKind == JsonValueKind.Object)
        {
            checks.Refuse(131009, "With data_exchange no flow_action_payload is allowed.");
        }

        if (payload.ValueKind == JsonValueKind.Object)
        {
            checks.OnlyKeys(payload, "flow_action_payload", "screen", "data");
            checks.Text(payload, "screen", "flow_action_payload", 200);
            var data = checks.Object(payload, "data", "flow_action_payload", required: false);
            if (data.ValueKind == JsonValueKind.Object && !data.EnumerateObject().Any())
            {
                checks.Refuse(131009, "Param flow_action_payload['data'] must not be empty.");
            }
        }
        else if (does == "navigate")
        {
            checks.Refuse(131008, "The parameter flow_action_payload['screen'] is required.");
        }
    }

    private static bool Given(JsonElement parent, string name) =>
        SendChecks.Member(parent, name).ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static ButtonPart VoiceCall(JsonElement action, SendChecks checks)
    {
        ActionName(action, "voice_call", checks);
        var parameters = checks.Object(action, "parameters", "action", required: false);
        var title = checks.Text(parameters, "display_text", "parameters", LabelMax, required: false);
        if (SendChecks.Member(parameters, "ttl_minutes") is { ValueKind: JsonValueKind.Number } ttl
            && (!ttl.TryGetInt32(out var minutes) || minutes is < 1 or > 43200))
        {
            checks.Refuse(131009, "Param parameters['ttl_minutes'] must be 1 to 43200.");
        }

        return new ButtonPart("voice_call", title ?? "Call now", checks.Text(parameters, "payload", "parameters", 512, required: false));
    }

    private static MessageContent Product(MessageContent content, JsonElement action, SendChecks checks)
    {
        checks.TextOrNumber(action, "catalog_id", "action");
        var product = checks.TextOrNumber(action, "product_retailer_id", "action");
        return content with { Buttons = [new ButtonPart("product", product ?? "", product)] };
    }

    private static MessageContent ProductList(MessageContent content, JsonElement interactive, JsonElement action, SendChecks checks)
    {
        checks.Object(interactive, "header", "interactive");
        checks.TextOrNumber(action, "catalog_id", "action");
        var sections = checks.Array(action, "sections", "action");
        List<ButtonPart> products = [];
        foreach (var section in sections.ValueKind == JsonValueKind.Array ? sections.EnumerateArray() : default)
        {
            checks.Text(section, "title", "sections", 24, required: sections.GetArrayLength() > 1);
            var items = checks.Array(section, "product_items", "sections");
            foreach (var item in items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default)
            {
                var product = checks.TextOrNumber(item, "product_retailer_id", "product_items");
                products.Add(new ButtonPart("product", product ?? "", product));
            }
        }

        if (products.Count is 0 or > 30 || (sections.ValueKind == JsonValueKind.Array && sections.GetArrayLength() > 10))
        {
            checks.Refuse(131009, "A product list holds 1 to 30 products in 1 to 10 sections.");
        }

        return content with { Buttons = products };
    }

    private static MessageContent Named(MessageContent content, JsonElement action, string name, string button, SendChecks checks)
    {
        ActionName(action, name, checks);
        return content with { Buttons = [new ButtonPart(button, "")] };
    }

    // Meta, "Address messages", 2025: India only.
    private static MessageContent Address(MessageContent content, JsonElement message, JsonElement action, SendChecks checks)
    {
        ActionName(action, "address_message", checks);
        var parameters = checks.Object(action, "parameters", "action");
        checks.OnlyKeys(parameters, "parameters", "country", "values", "saved_addresses", "validation_errors");
        if (checks.Text(parameters, "country", "parameters", 2) is { } country && country != "IN")
        {
            checks.Refuse(131009, "Param parameters['country'] must be IN.");
        }

        if (checks.TextOrNumber(message, "to", "message", required: false) is { } to && !to.TrimStart('+').StartsWith("91", StringComparison.Ordinal))
        {
            checks.Refuse(131009, "Address messages can only be sent to India.");
        }

        checks.Object(parameters, "values", "parameters", required: false);
        checks.Array(parameters, "saved_addresses", "parameters", required: false);
        return content with { Buttons = [new ButtonPart("address_message", "Provide address")] };
    }

    private static MessageContent NoFooter(MessageContent content, SendChecks checks)
    {
        if (content is { Footer: not null, SubKind: "location_request_message" or "carousel" })
        {
            checks.Refuse(131009, $"A message of type {content.SubKind} takes no footer.");
        }

        return content;
    }

    private static MessageContent Unknown(MessageContent content, SendChecks checks)
    {
        checks.Refuse(131009, "Param interactive['type'] is not one of the supported types.");
        return content;
    }

    private static void ActionName(JsonElement action, string expected, SendChecks checks)
    {
        if (checks.Text(action, "name", "action", 64) is { } name && name != expected)
        {
            checks.Refuse(131009, $"Param action['name'] must be {expected}.");
        }
    }
}
