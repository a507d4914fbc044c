using System.Text.Json.Nodes;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>A call of a customer, or of the business when <see cref="FromBusiness"/>.</summary>
/// <param name="Seconds">How long it lasted; null when nobody answered.</param>
public sealed record SimulatedCall(int? Seconds = null, bool FromBusiness = false, string? NumberId = null, string? Payload = null);

public sealed partial class SimulatedWhatsApp
{
    /// <summary>
    /// A call, from its ringing to its end, as the field <c>calls</c>. A customer's call opens the service window, answered or
    /// not; the business's does when the customer accepts. Source: Meta, "Calling", 2026.
    /// </summary>
    /// <returns>The id of the call, or null when there is no such customer or number.</returns>
    public string? Call(string customerId, SimulatedCall call)
    {
        string id;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var customer) || NumberOrFirst(call.NumberId) is not { } number)
            {
                return null;
            }

            var chat = ChatOf(customerId, number.Id);
            var shown = NumberShown(customer, chat);
            var now = Clock.GetUtcNow();
            id = "wacid." + NewWamid()["wamid.".Length..];
            if (!call.FromBusiness || call.Seconds is not null)
            {
                chat.LastInboundAt = now;
            }

            if (call.FromBusiness)
            {
                EnqueueCall(customerId, number, customer, shown, "statuses", CallStatus(id, "RINGING", now, customer, shown));
                EnqueueCall(customerId, number, customer, shown, "statuses", CallStatus(
                    id, call.Seconds is null ? "REJECTED" : "ACCEPTED", now, customer, shown));
            }
            else
            {
                var connect = CallEvent(id, "connect", now, customer, number, shown, call);
                connect["session"] = new JsonObject { ["sdp_type"] = "offer", ["sdp"] = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n" };
                EnqueueCall(customerId, number, customer, shown, "calls", connect);
            }

            var end = CallEvent(id, "terminate", now.AddSeconds(call.Seconds ?? 20), customer, number, shown, call);
            end["status"] = call.Seconds is null ? "FAILED" : "COMPLETED";
            if (call.Seconds is { } seconds)
            {
                end["start_time"] = MessageWebhook.Seconds(now);
                end["end_time"] = MessageWebhook.Seconds(now.AddSeconds(seconds));
                end["duration"] = seconds;
            }

            EnqueueCall(customerId, number, customer, shown, "calls", end);
        }

        Publish(customerId);
        return id;
    }

    private void EnqueueCall(string lane, BusinessNumber number, Customer customer, bool shown, string list, JsonObject item)
    {
        var value = MessageWebhook.Envelope(number);
        value["contacts"] = new JsonArray(MessageWebhook.Contact(customer, shown, withUsername: true));
        value[list] = new JsonArray(item);
        Webhooks.Enqueue(lane, MessageWebhook.Whole("calls", value), OverrideOf(number));
    }

    private static JsonObject CallEvent(
        string id, string what, DateTimeOffset at, Customer customer, BusinessNumber number, bool shown, SimulatedCall call)
    {
        var written = new JsonObject
        {
            ["id"] = id,
            ["event"] = what,
            ["direction"] = call.FromBusiness ? "BUSINESS_INITIATED" : "USER_INITIATED",
            ["timestamp"] = MessageWebhook.Seconds(at),
        };
        var (ours, theirs) = call.FromBusiness ? ("from", "to") : ("to", "from");
        written[ours] = number.Phone;
        if (shown)
        {
            written[theirs] = customer.Phone;
        }

        written[theirs + "_user_id"] = customer.UserId;
        if (call.Payload is not null)
        {
            written["cta_payload"] = call.Payload;
        }

        return written;
    }

    private static JsonObject CallStatus(string id, string status, DateTimeOffset at, Customer customer, bool shown)
    {
        var written = new JsonObject
        {
            ["id"] = id,
            ["type"] = "call",
            ["status"] = status,
            ["timestamp"] = MessageWebhook.Seconds(at),
        };
        if (shown)
        {
            written["recipient_id"] = customer.Phone;
        }

        written["recipient_user_id"] = customer.UserId;
        return written;
    }
}
