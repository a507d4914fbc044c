using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>
/// The rules of the two payment messages (India and Brazil) as far as Meta's pages of November 2025 name them; what is inside an
/// order is passed on unread.
/// </summary>
internal static class PaymentRules
{
    public static MessageContent Details(MessageContent content, JsonElement action, SendChecks checks)
    {
        Named(action, "review_and_pay", checks);
        var parameters = checks.Object(action, "parameters", "action");
        checks.Text(parameters, "reference_id", "parameters", 35);
        checks.Text(parameters, "currency", "parameters", 3);
        var total = checks.Object(parameters, "total_amount", "parameters");
        if (total.ValueKind == JsonValueKind.Object
            && (SendChecks.Member(total, "value").ValueKind != JsonValueKind.Number || SendChecks.Member(total, "offset").ValueKind != JsonValueKind.Number))
        {
            checks.Refuse(131009, "Param total_amount needs value and offset as numbers.");
        }

        return content with { Buttons = [new ButtonPart("order_details", "Review and pay")] };
    }

    public static MessageContent Status(MessageContent content, JsonElement action, SendChecks checks)
    {
        Named(action, "review_order", checks);
        var parameters = checks.Object(action, "parameters", "action");
        checks.Text(parameters, "reference_id", "parameters", 35);
        var order = checks.Object(parameters, "order", "parameters");
        if (checks.Text(order, "status", "order", 32) is { } status
            && status is not ("pending" or "processing" or "partially_shipped" or "shipped" or "completed" or "canceled"))
        {
            checks.Refuse(131009, "Param order['status'] is not one of the supported words.");
        }

        return content with { Buttons = [new ButtonPart("order_status", "View order")] };
    }

    private static void Named(JsonElement action, string expected, SendChecks checks)
    {
        if (checks.Text(action, "name", "action", 64) is { } name && name != expected)
        {
            checks.Refuse(131009, $"Param action['name'] must be {expected}.");
        }
    }
}
