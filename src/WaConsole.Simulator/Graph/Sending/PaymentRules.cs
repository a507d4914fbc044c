using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>
/// An order to be paid and the state of one (India and Brazil). Only what the documents show of them is checked.
/// Source: Meta's OpenAPI v23.0, examples "Send Order Details Message" and "Send Order Status Message".
/// </summary>
internal static class PaymentRules
{
    public static MessageContent Read(MessageContent content, JsonElement action, SendChecks checks)
    {
        var details = content.SubKind == "order_details";
        InteractiveRules.ActionName(action, details ? "review_and_pay" : "review_order", checks);
        var parameters = checks.Object(action, "parameters", "action");
        var reference = checks.TextOrNumber(parameters, "reference_id", "parameters") ?? "";
        var order = checks.Object(parameters, "order", "parameters");
        var status = checks.Text(order, "status", "order", 64);
        var currency = checks.Text(parameters, "currency", "parameters", 3, required: details);
        return content with
        {
            Buttons = details ? [new ButtonPart("order_details", "")] : [],
            Payment = new PaymentPart(
                reference,
                status,
                checks.Text(order, "description", "order", 1000, required: false),
                Amount(checks.Object(parameters, "total_amount", "parameters", required: details)),
                currency),
        };
    }

    // Money is a whole number and what to divide it by.
    private static decimal? Amount(JsonElement amount) =>
        SendChecks.Member(amount, "value") is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var units)
        && SendChecks.Member(amount, "offset") is { ValueKind: JsonValueKind.Number } offset && offset.TryGetDecimal(out var by) && by > 0
            ? units / by
            : null;
}
