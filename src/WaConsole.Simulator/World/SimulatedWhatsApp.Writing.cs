using WaConsole.Simulator.Media;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>What a customer sends. Without a number it goes to the first one.</summary>
public sealed record CustomerMessage(MessageContent Content)
{
    public string? NumberId { get; init; }
    public string? ReplyTo { get; init; }
    public ReferralPart? Referral { get; init; }
}

/// <summary>What came of a customer's message.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    public sealed record Sent(ChatLine Line) : WriteOutcome;

    public sealed record Refused(string Why) : WriteOutcome;
}

public sealed partial class SimulatedWhatsApp
{
    private const int CustomerTextMax = 65536;

    /// <summary>A customer writes; the business gets the webhook at once.</summary>
    public WriteOutcome Write(string customerId, CustomerMessage message)
    {
        ChatLine line;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var customer) || NumberOrFirst(message.NumberId) is not { } number)
            {
                return new WriteOutcome.Refused("There is no such customer or number.");
            }

            if (WhyNot(customer, message) is { } why)
            {
                return new WriteOutcome.Refused(why);
            }

            var chat = ChatOf(customerId, number.Id);
            line = new ChatLine
            {
                Id = NewWamid(),
                CustomerId = customerId,
                NumberId = number.Id,
                FromCustomer = true,
                At = Clock.GetUtcNow(),
                Content = message.Content,
                ReplyTo = message.ReplyTo,
                Referral = message.Referral,
            };
            chat.LastInboundAt = line.At;
            chat.TypingUntil = null;
            if (message.Referral is not null)
            {
                chat.CameFromAdAt = line.At;
            }

            if (message.Content.Reaction is { } reaction)
            {
                chat.Change(reaction.MessageId, target => target with { CustomerReaction = reaction.Emoji.Length == 0 ? null : reaction.Emoji });
            }
            else
            {
                Put(chat, line);
            }

            Limits.Count(number.Id);
            Webhooks.Enqueue(customerId, "messages", MessageWebhook.Write(
                line, customer, number, NumberShown(customer, chat), QuotedFrom(chat, message.ReplyTo), Media, BaseUri));
        }

        Publish(customerId);
        return new WriteOutcome.Sent(line);
    }

    /// <summary>The customer taps a button of a message: a reply button, a template's quick reply, or a row of a list.</summary>
    public WriteOutcome Tap(string customerId, string messageId, string value)
    {
        string numberId;
        MessageContent? answer;
        lock (_gate)
        {
            if (!_chatOfMessage.TryGetValue(messageId, out var chat) || chat.CustomerId != customerId
                || chat.Find(messageId) is not { FromCustomer: false } line)
            {
                return new WriteOutcome.Refused("There is no such message of the business in this chat.");
            }

            numberId = chat.NumberId;
            answer = AnswerTo(line.Content, value);
        }

        return answer is null
            ? new WriteOutcome.Refused("The message has no such button.")
            : Write(customerId, new CustomerMessage(answer) { NumberId = numberId, ReplyTo = messageId });
    }

    /// <summary>Keeps a customer's file so that it can be sent. Null with the reason when WhatsApp would not let them send it.</summary>
    public MediaFile? KeepCustomerFile(ReadOnlyMemory<byte> bytes, string mimeType, string? fileName, out string? why)
    {
        why = bytes.IsEmpty ? "The file is empty."
            : bytes.Length > 100 * 1024 * 1024 ? "The file is larger than 100 MB."
            : null;
        return why is null ? Media.Add(bytes, mimeType, fileName, null, fromCustomer: true) : null;
    }

    private static MessageContent? AnswerTo(MessageContent content, string value)
    {
        var buttons = content.Buttons.Concat(content.Cards.SelectMany(card => card.Buttons));
        if (buttons.FirstOrDefault(button => button.Kind is "reply" or "quick_reply" && (button.Value == value || button.Title == value)) is { } tapped)
        {
            return tapped.Kind == "quick_reply"
                ? new MessageContent { Kind = "button", Text = tapped.Title, Answer = new("button", tapped.Value!, tapped.Title) }
                : new MessageContent { Kind = "interactive", Text = tapped.Title, Answer = new("button_reply", tapped.Value!, tapped.Title) };
        }

        return content.List?.Sections.SelectMany(section => section.Rows).FirstOrDefault(row => row.Id == value || row.Title == value) is { } chosen
            ? new MessageContent
            {
                Kind = "interactive",
                Text = chosen.Title,
                Answer = new("list_reply", chosen.Id, chosen.Title, chosen.Description),
            }
            : null;
    }

    private string? WhyNot(Customer customer, CustomerMessage message)
    {
        var content = message.Content;
        return !customer.OnWhatsApp ? "This customer is not on WhatsApp."
            : !customer.Online ? "This customer is offline."
            : customer.Blocks ? "This customer has blocked the business."
            : content.Kind == "text" && (string.IsNullOrWhiteSpace(content.Text) || content.Text.Length > CustomerTextMax)
                ? "Write something, 65,536 characters at most."
            : content.Media is { Id: { } id } && Media.Find(id) is null ? "The file is no longer there."
            : content.Reaction is { } reaction && !_chatOfMessage.ContainsKey(reaction.MessageId) ? "There is no such message to react to."
            : message.ReplyTo is not null && !_chatOfMessage.ContainsKey(message.ReplyTo) ? "There is no such message to answer."
            : null;
    }

    private string? QuotedFrom(Chat chat, string? replyTo) =>
        replyTo is null || chat.Find(replyTo) is not { } quoted ? null
            : quoted.FromCustomer ? _customers[chat.CustomerId].Phone
            : _numbers[chat.NumberId].Phone;
}
