using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>
/// Forms the customer is asked to fill in. Sources: Meta, "Sending a Flow", November 2025, and "Address messages" (India), 2025.
/// </summary>
internal static class FormRules
{
    private static readonly string[] AddressFields =
    [
        "name", "phone_number", "in_pin_code", "house_number", "floor_number", "tower_number", "building_name", "address",
        "landmark_area", "city", "state",
    ];

    public static MessageContent Flow(MessageContent content, JsonElement action, SendChecks checks)
    {
        InteractiveRules.ActionName(action, "flow", checks);
        var parameters = checks.Object(action, "parameters", "action");
        checks.Text(parameters, "flow_message_version", "parameters", 8);
        var id = checks.TextOrNumber(parameters, "flow_id", "parameters", required: false);
        var name = checks.Text(parameters, "flow_name", "parameters", 200, required: false);
        if (id is null && name is null)
        {
            checks.Refuse(131008, "One of the parameters flow_id and flow_name is required.");
        }

        var token = checks.Text(parameters, "flow_token", "parameters", 1000, required: false) ?? "unused";
        var payload = checks.Object(parameters, "flow_action_payload", "parameters", required: false);
        var title = checks.Text(parameters, "flow_cta", "parameters", 30) ?? "";
        return content with
        {
            Buttons = [new ButtonPart("flow", title, token)],
            Form = Flow(token, SendChecks.Member(payload, "data")),
        };
    }

    /// <summary>What the business sends along is what its screens show: here the blanks begin with it.</summary>
    public static FormPart Flow(string token, JsonElement data) => new("flow", token, Fields(data), []);

    public static MessageContent Address(MessageContent content, JsonElement action, SendChecks checks)
    {
        InteractiveRules.ActionName(action, "address_message", checks);
        var parameters = checks.Object(action, "parameters", "action");
        if (checks.Text(parameters, "country", "parameters", 2) is { } country && country != "IN")
        {
            checks.Refuse(131009, "Param parameters['country'] must be IN.");
        }

        var values = Fields(checks.Object(parameters, "values", "parameters", required: false));
        var errors = Fields(checks.Object(parameters, "validation_errors", "parameters", required: false));
        var saved = checks.Array(parameters, "saved_addresses", "parameters", required: false);
        return content with
        {
            Buttons = [new ButtonPart("address_message", "")],
            Form = new FormPart(
                "address_message",
                null,
                [.. AddressFields.Select(field => new FormField(field, Of(values, field), Of(errors, field)))],
                saved.ValueKind != JsonValueKind.Array
                    ? []
                    : [.. saved.EnumerateArray().Select(one => new SavedAddress(
                        checks.TextOrNumber(one, "id", "saved_addresses") ?? "", Fields(SendChecks.Member(one, "value"))))]),
        };
    }

    private static string? Of(List<FormField> fields, string name) => fields.Find(field => field.Name == name)?.Value;

    private static List<FormField> Fields(JsonElement json) => json.ValueKind != JsonValueKind.Object
        ? []
        : [.. json.EnumerateObject().Select(field => new FormField(
            field.Name, field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : field.Value.GetRawText()))];
}
