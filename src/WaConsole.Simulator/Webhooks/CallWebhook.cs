using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>Writes a customer's call as the <c>value</c> of a <c>calls</c> change. Source: Meta, "Calling API webhooks", November 2025.</summary>
internal static class CallWebhook
{
    /// <summary>The customer rings.</summary>
    /// <param name="payload">Of the call button they tapped.</param>
    public static JsonObject Connect(
        string callId, DateTimeOffset at, Customer customer, BusinessNumber number, bool numberShown, string? payload)
    {
        var call = Call(callId, "connect", at, customer, number, numberShown);
        call["session"] = new JsonObject { ["sdp_type"] = "offer", ["sdp"] = "v=0\r\n" };
        if (payload is not null)
        {
            call["cta_payload"] = payload;
        }

        return Value(call, customer, number, numberShown);
    }

    /// <summary>The call is over.</summary>
    /// <param name="seconds">0: nobody took it.</param>
    public static JsonObject Terminate(
        string callId, DateTimeOffset from, int seconds, Customer customer, BusinessNumber number, bool numberShown)
    {
        var end = from.AddSeconds(seconds);
        var call = Call(callId, "terminate", end, customer, number, numberShown);
        call["status"] = seconds > 0 ? "COMPLETED" : "FAILED";
        if (seconds > 0)
        {
            call["start_time"] = MessageWebhook.Seconds(from);
            call["end_time"] = MessageWebhook.Seconds(end);
            call["duration"] = seconds;
        }

        return Value(call, customer, number, numberShown);
    }

    private static JsonObject Call(
        string callId, string name, DateTimeOffset at, Customer customer, BusinessNumber number, bool numberShown)
    {
        var call = new JsonObject { ["id"] = callId, ["event"] = name, ["direction"] = "USER_INITIATED" };
        if (numberShown)
        {
            call["from"] = customer.Phone;
        }

        call["from_user_id"] = customer.UserId;
        call["to"] = number.Phone;
        call["timestamp"] = MessageWebhook.Seconds(at);
        return call;
    }

    private static JsonObject Value(JsonObject call, Customer customer, BusinessNumber number, bool numberShown)
    {
        var value = MessageWebhook.Envelope(number);
        value["contacts"] = new JsonArray(MessageWebhook.Contact(customer, numberShown, withUsername: true));
        value["calls"] = new JsonArray(call);
        return value;
    }
}
