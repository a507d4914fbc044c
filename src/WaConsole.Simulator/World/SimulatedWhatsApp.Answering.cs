using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    private static readonly TimeSpan EditTime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan DeletionTime = TimeSpan.FromDays(2);
    private static readonly TimeSpan PermissionTime = TimeSpan.FromDays(7);
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The customer fills in the form of a message: a Flow, or an address with the id of a saved one.</summary>
    public WriteOutcome FillForm(string customerId, string messageId, IReadOnlyList<FormField> answers, string? savedAddress = null)
    {
        if (FromBusiness(customerId, messageId) is not { Content.Form: { } form } line)
        {
            return new WriteOutcome.Refused("The message has no form.");
        }

        var filled = answers.Where(answer => !string.IsNullOrWhiteSpace(answer.Name) && !string.IsNullOrWhiteSpace(answer.Value)).ToList();
        var given = new JsonObject(filled.DistinctBy(answer => answer.Name).Select(answer => KeyValuePair.Create<string, JsonNode?>(answer.Name, answer.Value)));
        var address = form.Kind == "address_message";
        JsonObject json = address ? new() { ["values"] = given } : given;
        if (address && savedAddress is not null)
        {
            json["saved_address_id"] = savedAddress;
        }
        else if (!address)
        {
            json["flow_token"] = form.Token;
        }

        return Write(customerId, new CustomerMessage(new MessageContent
        {
            Kind = "interactive",
            Text = address ? string.Join(", ", filled.Select(answer => answer.Value)) : "Sent",
            FormReply = new FormReplyPart(address ? "address_message" : "flow", filled, json.ToJsonString(AsWritten)),
        })
        {
            NumberId = line.NumberId,
            ReplyTo = messageId,
        });
    }

    /// <summary>The customer lets the business call, for seven days or for good, or does not.</summary>
    public WriteOutcome AnswerCallPermission(string customerId, string messageId, bool accept, bool permanent)
    {
        if (FromBusiness(customerId, messageId) is not { } line || line.Content.Buttons.All(button => button.Kind != "call_permission_request"))
        {
            return new WriteOutcome.Refused("The message does not ask for a call.");
        }

        var lasting = accept && permanent;
        return Write(customerId, new CustomerMessage(new MessageContent
        {
            Kind = "interactive",
            SubKind = "call_permission_reply",
            Permission = new PermissionPart(accept, lasting, accept && !lasting ? Clock.GetUtcNow() + PermissionTime : null),
        })
        {
            NumberId = line.NumberId,
            ReplyTo = messageId,
        });
    }

    /// <summary>
    /// The customer changes what they wrote, within 15 minutes. A number that is not also in the phone app learns only that
    /// something unsupported happened.
    /// </summary>
    public WriteOutcome Edit(string customerId, string messageId, string text)
    {
        ChatLine? line;
        lock (_gate)
        {
            if (Own(customerId, messageId, EditTime, out var chat) is not { Content.Kind: "text" or "image" or "video" or "document" } found)
            {
                return new WriteOutcome.Refused("Only an own text or caption can be changed, within 15 minutes.");
            }

            if (string.IsNullOrWhiteSpace(text) || text.Length > CustomerTextMax)
            {
                return new WriteOutcome.Refused("Write something, 65,536 characters at most.");
            }

            var now = Clock.GetUtcNow();
            line = chat.Change(found.Id, old => old with { EditedAt = now, Content = old.Content with { Text = text.Trim() } })!;
            var (customer, number) = (_customers[customerId], _numbers[chat.NumberId]);
            Webhooks.Enqueue(customerId, "messages", number.AlsoInApp
                ? MessageWebhook.WriteChange(NewWamid(), now, line, customer, number, NumberShown(customer, chat))
                : MessageWebhook.Write(
                    line with { Id = NewWamid(), At = now, ReplyTo = null, Referral = null, Content = new MessageContent { Kind = "unsupported", SubKind = "edit" } },
                    customer, number, NumberShown(customer, chat), null, Media, BaseUri));
        }

        Publish(customerId);
        return new WriteOutcome.Sent(line);
    }

    /// <summary>The customer deletes an own message for everyone, within two days. Only a number that is also in the phone app learns it.</summary>
    public WriteOutcome Delete(string customerId, string messageId)
    {
        ChatLine? line;
        lock (_gate)
        {
            if (Own(customerId, messageId, DeletionTime, out var chat) is not { } found)
            {
                return new WriteOutcome.Refused("Only an own message can be deleted, within two days.");
            }

            var now = Clock.GetUtcNow();
            line = chat.Change(found.Id, old => old with { DeletedAt = now })!;
            if (_numbers[chat.NumberId] is { AlsoInApp: true } number)
            {
                var customer = _customers[customerId];
                Webhooks.Enqueue(customerId, "messages", MessageWebhook.WriteChange(NewWamid(), now, line, customer, number, NumberShown(customer, chat)));
            }
        }

        Publish(customerId);
        return new WriteOutcome.Sent(line);
    }

    /// <summary>The customer calls a number. A call opens the service window, answered or not (Meta, "Calling API pricing", November 2025).</summary>
    /// <param name="seconds">How long they talked; 0 when nobody took it.</param>
    /// <param name="payload">Of the call button that was tapped.</param>
    public WriteOutcome Call(string customerId, string? numberId, int seconds, string? payload = null)
    {
        ChatLine line;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var customer) || NumberOrFirst(numberId) is not { } number)
            {
                return new WriteOutcome.Refused("There is no such customer or number.");
            }

            if (WhyNot(customer, new CustomerMessage(new MessageContent { Kind = "call" })) is { } why)
            {
                return new WriteOutcome.Refused(why);
            }

            var chat = ChatOf(customerId, number.Id);
            var now = Clock.GetUtcNow();
            var id = "wacid." + NewWamid()["wamid.".Length..];
            line = new ChatLine
            {
                Id = id,
                CustomerId = customerId,
                NumberId = number.Id,
                FromCustomer = true,
                At = now,
                Content = new MessageContent { Kind = "call", Call = new CallPart(seconds) },
            };
            chat.LastInboundAt = now;
            Put(chat, line);
            var shown = NumberShown(customer, chat);
            Webhooks.Enqueue(customerId, "calls", CallWebhook.Connect(id, now, customer, number, shown, payload));
            Webhooks.Enqueue(customerId, "calls", CallWebhook.Terminate(id, now, seconds, customer, number, shown));
        }

        Publish(customerId);
        return new WriteOutcome.Sent(line);
    }

    /// <summary>The customer moves to another device; every number they wrote to learns that the keys changed.</summary>
    public CustomerOutcome ChangeDevice(string customerId)
    {
        Customer customer;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out customer!))
            {
                return new CustomerOutcome.Refused("There is no such customer.");
            }

            foreach (var chat in _chats.Values.Where(chat => chat.CustomerId == customerId && chat.Lines.Count > 0).ToList())
            {
                TellNewDevice(customer, chat);
            }
        }

        Publish(customerId);
        return new CustomerOutcome.Done(customer);
    }

    /// <summary>Whether a number is also used in the WhatsApp Business app. False when there is no such number.</summary>
    public bool UseInApp(string numberId, bool alsoInApp)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(numberId, out var number))
            {
                return false;
            }

            _numbers[numberId] = number with { AlsoInApp = alsoInApp };
        }

        Publish(null);
        return true;
    }

    private void TellNewDevice(Customer customer, Chat chat)
    {
        var now = Clock.GetUtcNow();
        var line = new ChatLine
        {
            Id = NewWamid(),
            CustomerId = customer.Id,
            NumberId = chat.NumberId,
            FromCustomer = true,
            At = now,
            Content = new MessageContent { Kind = "system", SubKind = "customer_identity_changed" },
        };
        Put(chat, line);
        var system = new JsonObject { ["body"] = "The customer's security code changed", ["type"] = "customer_identity_changed" };
        var value = MessageWebhook.WriteSystem(
            line.Id, now, _numbers[chat.NumberId], NumberShown(customer, chat) ? customer.Phone : null, customer.UserId, system);
        value["messages"]![0]!["identity"] = new JsonObject
        {
            ["acknowledged"] = false,
            ["created_timestamp"] = MessageWebhook.Seconds(now),
            ["hash"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(9)),
        };
        Webhooks.Enqueue(customer.Id, "messages", value);
    }

    private ChatLine? FromBusiness(string customerId, string messageId)
    {
        lock (_gate)
        {
            return _chatOfMessage.TryGetValue(messageId, out var chat) && chat.CustomerId == customerId
                && chat.Find(messageId) is { FromCustomer: false } line ? line : null;
        }
    }

    private ChatLine? Own(string customerId, string messageId, TimeSpan within, out Chat chat) =>
        _chatOfMessage.TryGetValue(messageId, out chat!) && chat.CustomerId == customerId
        && chat.Find(messageId) is { FromCustomer: true, DeletedAt: null, Content.Kind: not ("system" or "call") } line
        && Clock.GetUtcNow() <= line.At + within ? line : null;
}
