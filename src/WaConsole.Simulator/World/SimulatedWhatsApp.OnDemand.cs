using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    /// <summary>One line of any chat, with the message as it went over the wire.</summary>
    public ChatLine? FindLine(string wamid)
    {
        lock (_gate)
        {
            return _chatOfMessage.TryGetValue(wamid, out var chat) ? chat.Find(wamid) : null;
        }
    }

    /// <summary>Whether statuses or anything else is due within a few seconds.</summary>
    internal bool AnythingOnItsWay() => _agenda.AnythingWithin(TimeSpan.FromSeconds(3));

    /// <summary>
    /// Tells a status of a message whatever state it is in: again, too early, of an unknown kind. The message stays as it is.
    /// </summary>
    /// <param name="wamid">A message the business sent.</param>
    /// <param name="status">The word as it stands in the webhook.</param>
    /// <param name="code">The error of a failed one.</param>
    /// <param name="ago">How long ago it is said to have happened.</param>
    /// <param name="extra">Members put into the status as they are.</param>
    /// <returns>False when the business sent no such message.</returns>
    public bool TellStatus(string wamid, string status, int? code = null, TimeSpan ago = default, JsonObject? extra = null)
    {
        lock (_gate)
        {
            if (!_sent.TryGetValue(wamid, out var sent) || !_customers.TryGetValue(sent.Chat.CustomerId, out var customer))
            {
                return false;
            }

            var number = _numbers[sent.Chat.NumberId];
            var error = code is { } failed ? GraphError.Of(failed, "The simulator was asked to tell this status.") : null;
            var price = status is "sent" or "delivered" ? sent.Price : null;
            var item = StatusWebhook.Write(
                sent, status, Clock.GetUtcNow() - ago, customer, number, NumberShown(customer, sent.Chat), price, error, null);
            if (extra is not null)
            {
                var json = JsonNode.Parse(item.Json)!.AsObject();
                foreach (var (name, value) in extra)
                {
                    json[name] = value?.DeepClone();
                }

                item = new WebhookItem { Field = item.Field, List = item.List, Head = item.Head, Contact = item.Contact, Json = MessageWebhook.Bytes(json) };
            }

            Webhooks.Enqueue(customer.Id, item, OverrideOf(number));
            return true;
        }
    }
}
