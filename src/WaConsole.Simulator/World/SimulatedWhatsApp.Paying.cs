using System.Text.Json.Nodes;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    /// <summary>
    /// The customer pays the order of a message, or the payment fails. The business hears it as a status of type <c>payment</c>.
    /// Source: Meta, "Payments API" webhooks, 2025.
    /// </summary>
    /// <returns>False when the message asks for no payment.</returns>
    public bool Pay(string customerId, string messageId, bool paid)
    {
        lock (_gate)
        {
            if (!_chatOfMessage.TryGetValue(messageId, out var chat) || chat.CustomerId != customerId
                || chat.Find(messageId) is not { FromCustomer: false } line || Asked.Bill(line) is not { Total: { } total } bill)
            {
                return false;
            }

            var (customer, number, now) = (_customers[customerId], _numbers[chat.NumberId], Clock.GetUtcNow());
            var status = new JsonObject
            {
                ["id"] = NewWamid(),
                ["type"] = "payment",
                ["status"] = paid ? "captured" : "failed",
                ["timestamp"] = MessageWebhook.Seconds(now),
            };
            if (NumberShown(customer, chat))
            {
                status["recipient_id"] = customer.Phone;
            }

            status["recipient_user_id"] = customer.UserId;
            status["payment"] = new JsonObject
            {
                ["reference_id"] = bill.Reference,
                ["amount"] = new JsonObject { ["value"] = (long)(total * 100), ["offset"] = 100 },
                ["currency"] = bill.Currency,
                ["transaction"] = new JsonObject
                {
                    ["id"] = Guid.CreateVersion7().ToString("N"),
                    ["status"] = paid ? "success" : "failed",
                    ["created_timestamp"] = now.ToUnixTimeSeconds(),
                },
            };
            var value = MessageWebhook.Envelope(number);
            value["statuses"] = new JsonArray(status);
            Webhooks.Enqueue(customerId, MessageWebhook.Whole("messages", value), OverrideOf(number));
        }

        Publish(customerId);
        return true;
    }
}
