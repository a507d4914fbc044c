using System.Text.Json.Nodes;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    /// <summary>
    /// Somebody of the business writes from the WhatsApp Business app: the console hears it as <c>smb_message_echoes</c>.
    /// </summary>
    public WriteOutcome Echo(string customerId, MessageContent content, string? numberId = null)
    {
        ChatLine line;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var customer) || NumberOrFirst(numberId) is not { } number)
            {
                return new WriteOutcome.Refused("There is no such customer or number.");
            }

            var chat = ChatOf(customerId, number.Id);
            line = new ChatLine
            {
                Id = NewWamid(),
                CustomerId = customerId,
                NumberId = number.Id,
                FromCustomer = false,
                At = Clock.GetUtcNow(),
                Content = content,
                State = ReceiptState.Delivered,
            };
            var shown = NumberShown(customer, chat);
            var echo = new JsonObject { ["from"] = number.Phone };
            if (shown)
            {
                echo["to"] = customer.Phone;
            }

            echo["to_user_id"] = customer.UserId;
            echo["id"] = line.Id;
            echo["timestamp"] = MessageWebhook.Seconds(line.At);
            echo["type"] = content.Kind;
            MessageContentJson.Add(echo, content, Media, BaseUri);
            line = line with { Raw = MessageWebhook.Bytes(echo) };
            if (content.TargetId is { } target)
            {
                chat.Change(target, old => content.Kind == "revoke" ? old with { Revoked = true } : old with { Edited = true });
            }
            else
            {
                Put(chat, line);
            }

            var value = MessageWebhook.Envelope(number);
            value["contacts"] = new JsonArray(MessageWebhook.Contact(customer, shown, withUsername: true));
            value["message_echoes"] = new JsonArray(echo);
            Webhooks.Enqueue(customerId, MessageWebhook.Whole("smb_message_echoes", value), OverrideOf(number));
        }

        Publish(customerId);
        return new WriteOutcome.Sent(line);
    }

    /// <summary>
    /// Tells the chats of a number as <c>history</c>: one chunk for each phase, threads by customer, media as placeholders.
    /// Source: Meta, "Coexistence", 2025.
    /// </summary>
    /// <returns>How many messages were told.</returns>
    public int TellHistory(string numberId, bool declined = false)
    {
        var told = 0;
        lock (_gate)
        {
            if (!_numbers.TryGetValue(numberId, out var number))
            {
                return 0;
            }

            if (declined)
            {
                EnqueueHistory(number, new JsonObject
                {
                    ["errors"] = new JsonArray(Graph.GraphError.Of(2593109, "The business did not share its chat history.").ToWebhook()),
                });
                return 0;
            }

            for (var phase = 0; phase < 3; phase++)
            {
                var (from, until) = PhaseOf(phase);
                var threads = new JsonArray();
                foreach (var chat in _chats.Values.Where(chat => chat.NumberId == numberId))
                {
                    var lines = chat.Lines.Where(line => line.At > from && line.At <= until).ToList();
                    if (lines.Count > 0)
                    {
                        threads.Add(Thread(_customers[chat.CustomerId], number, lines));
                        told += lines.Count;
                    }
                }

                EnqueueHistory(number, new JsonObject
                {
                    ["metadata"] = new JsonObject { ["phase"] = phase, ["chunk_order"] = 1, ["progress"] = phase == 2 ? 100 : (phase + 1) * 33 },
                    ["threads"] = threads,
                });
            }
        }

        return told;
    }

    /// <summary>Tells the address book of the app as <c>smb_app_state_sync</c>.</summary>
    public void TellContacts(string numberId, bool removed = false)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(numberId, out var number))
            {
                return;
            }

            var value = MessageWebhook.Envelope(number);
            value["state_sync"] = new JsonArray([.. _customers.Values.Select(customer => new JsonObject
            {
                ["type"] = "contact",
                ["contact"] = new JsonObject
                {
                    ["full_name"] = customer.Name,
                    ["first_name"] = customer.Name.Split(' ')[0],
                    ["phone_number"] = customer.Phone,
                    ["user_id"] = customer.UserId,
                },
                ["action"] = removed ? "remove" : "add",
                ["metadata"] = new JsonObject { ["timestamp"] = MessageWebhook.Seconds(Clock.GetUtcNow()) },
            })]);
            Webhooks.Enqueue("account", MessageWebhook.Whole("smb_app_state_sync", value), OverrideOf(number));
        }
    }

    /// <summary>Another app or Meta's agent takes over a chat, or gives it back (<paramref name="role"/> null).</summary>
    public bool ChangeOwner(string customerId, string? role, string? numberId = null, string? metadata = null)
    {
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var customer) || NumberOrFirst(numberId) is not { } number)
            {
                return false;
            }

            var chat = ChatOf(customerId, number.Id);
            var before = chat.OtherOwner;
            chat.OtherOwner = role;
            var what = role is null ? "control_passed" : "control_taken";
            var details = new JsonObject
            {
                ["previous_owner_role"] = before ?? "customer_service",
                ["new_owner_role"] = role ?? "customer_service",
            };
            if (metadata is not null)
            {
                details["metadata"] = metadata;
            }

            var value = new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                ["recipient"] = new JsonObject { ["display_phone_number"] = number.Phone, ["phone_number_id"] = number.Id },
                ["timestamp"] = MessageWebhook.Seconds(Clock.GetUtcNow()),
                ["type"] = what,
                [what] = details,
            };
            if (NumberShown(customer, chat))
            {
                value["sender"] = new JsonObject { ["phone_number"] = customer.Phone };
            }

            Webhooks.Enqueue(customerId, MessageWebhook.Whole("messaging_handovers", value), OverrideOf(number));
        }

        Publish(customerId);
        return true;
    }

    /// <summary>The business gives a chat away or lets it go (<c>thread_control</c>). Null when it is not ours.</summary>
    internal bool PassControl(string numberId, Customer customer, string? toRole)
    {
        lock (_gate)
        {
            var chat = ChatOf(customer.Id, numberId);
            if (chat.OtherOwner is not null)
            {
                return false;
            }

            chat.OtherOwner = toRole;
            return true;
        }
    }

    private (DateTimeOffset From, DateTimeOffset Until) PhaseOf(int phase)
    {
        var now = Clock.GetUtcNow();
        return phase switch
        {
            0 => (now.AddDays(-1), now),
            1 => (now.AddDays(-90), now.AddDays(-1)),
            _ => (now.AddDays(-180), now.AddDays(-90)),
        };
    }

    private void EnqueueHistory(BusinessNumber number, JsonObject chunk)
    {
        var value = MessageWebhook.Envelope(number);
        value["history"] = new JsonArray(chunk);
        Webhooks.Enqueue("account", MessageWebhook.Whole("history", value), OverrideOf(number));
    }

    private JsonObject Thread(Customer customer, BusinessNumber number, List<ChatLine> lines)
    {
        var messages = new JsonArray();
        foreach (var line in lines)
        {
            var message = new JsonObject { ["from"] = line.FromCustomer ? customer.Phone : number.Phone };
            if (!line.FromCustomer)
            {
                message["to"] = customer.Phone;
            }

            message["id"] = line.Id;
            message["timestamp"] = MessageWebhook.Seconds(line.At);
            var plain = line.Content is { Kind: "text", Text: not null };
            message["type"] = plain ? "text" : line.Content.Media is not null ? "media_placeholder" : "unsupported";
            if (plain)
            {
                message["text"] = new JsonObject { ["body"] = line.Content.Text };
            }

            message["history_context"] = new JsonObject
            {
                ["status"] = line.FromCustomer ? (line.ReadByBusiness ? "READ" : "DELIVERED")
                    : line.State == ReceiptState.Failed ? "ERROR" : line.State == ReceiptState.Accepted ? "PENDING" : line.State.ToString().ToUpperInvariant(),
            };
            messages.Add(message);
        }

        return new JsonObject
        {
            ["id"] = customer.Phone,
            ["context"] = new JsonObject { ["wa_id"] = customer.Phone, ["user_id"] = customer.UserId },
            ["messages"] = messages,
        };
    }
}
