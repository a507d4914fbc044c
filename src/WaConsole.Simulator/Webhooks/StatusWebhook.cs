using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>What a send will cost, as statuses report it.</summary>
internal sealed record PriceTag(string Type, string Category, string? ConversationId, DateTimeOffset? ConversationExpires);

/// <summary>Writes a status as the <c>value</c> of a <c>messages</c> change. Source: Meta, "status webhook", 14 September 2026.</summary>
internal static class StatusWebhook
{
    /// <param name="price">Given with <c>sent</c> and with the first of <c>delivered</c> and <c>read</c>.</param>
    /// <param name="toPhone">Whether the send named a phone number rather than a user id.</param>
    public static JsonObject Write(
        string wamid,
        ReceiptState state,
        DateTimeOffset at,
        Customer customer,
        BusinessNumber number,
        bool numberShown,
        bool toPhone,
        string? callbackData,
        PriceTag? price,
        GraphError? error)
    {
        var word = state.ToString().ToLowerInvariant();
        var status = new JsonObject
        {
            ["id"] = wamid,
            ["status"] = word,
            ["timestamp"] = MessageWebhook.Seconds(at),
        };
        if (numberShown || toPhone)
        {
            status["recipient_id"] = customer.Phone;
        }

        if (state != ReceiptState.Failed || !toPhone)
        {
            status["recipient_user_id"] = customer.UserId;
        }

        if (callbackData is not null)
        {
            status["biz_opaque_callback_data"] = callbackData;
        }

        if (price is not null)
        {
            Price(status, price, state);
        }

        if (error is not null)
        {
            status["errors"] = new JsonArray(error.ToWebhook());
        }

        var value = MessageWebhook.Envelope(number);
        if (state != ReceiptState.Failed)
        {
            var withUsername = state is not ReceiptState.Sent;
            value["contacts"] = new JsonArray(MessageWebhook.Contact(customer, numberShown || toPhone, withUsername));
        }

        value["statuses"] = new JsonArray(status);
        return value;
    }

    private static void Price(JsonObject status, PriceTag price, ReceiptState state)
    {
        if (price.ConversationId is not null)
        {
            var conversation = new JsonObject
            {
                ["id"] = price.ConversationId,
                ["origin"] = new JsonObject { ["type"] = "referral_conversion" },
            };
            if (state == ReceiptState.Sent && price.ConversationExpires is { } expires)
            {
                conversation["expiration_timestamp"] = MessageWebhook.Seconds(expires);
            }

            status["conversation"] = conversation;
        }

        status["pricing"] = new JsonObject
        {
            ["billable"] = price.Type == "regular",
            ["pricing_model"] = "PMP",
            ["type"] = price.Type,
            ["category"] = price.Category,
        };
    }
}
