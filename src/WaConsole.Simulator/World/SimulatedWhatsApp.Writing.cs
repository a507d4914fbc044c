using WaConsole.Simulator.Media;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>What a customer sends. Without a number it goes to the first one.</summary>
public sealed record CustomerMessage(MessageContent Content)
{
    public string? NumberId { get; init; }
    public string? ReplyTo { get; init; }
    public ReferralPart? Referral { get; init; }
    public string? GroupId { get; init; }

    /// <summary>Tells an edit or a deletion as a number that also lives in the app would hear it.</summary>
    public bool AsOnBusinessApp { get; init; }
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

            if (WhyNot(customer, number, message) is { } why)
            {
                return new WriteOutcome.Refused(why);
            }

            message = AsTold(message, number);
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
                GroupId = message.GroupId,
            };
            var item = MessageWebhook.Write(
                line, customer, number, NumberShown(customer, chat), QuotedFrom(chat, message.ReplyTo), Media, BaseUri);
            line = line with { Raw = item.Json };
            Remember(chat, line);
            Limits.Count(number);
            if (line.Content.Kind != "revoke" || Announced(message, number))
            {
                Webhooks.Enqueue(customerId, chat.OtherOwner is null ? item : Standby(item), OverrideOf(number));
            }
        }

        Publish(customerId);
        return new WriteOutcome.Sent(line);
    }

    /// <summary>
    /// The customer taps a button of a message: a reply button, a template's quick reply, or a row of a list. A link counts as
    /// a click of the template's statistics and tells nothing.
    /// </summary>
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
            if (CountClick(line, value) && answer is null)
            {
                return new WriteOutcome.Sent(line);
            }
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

    // Meta tells edits and deletions of numbers that also live in the app only; elsewhere an edit is an unsupported message.
    private static bool Announced(CustomerMessage message, BusinessNumber number) => number.OnBusinessApp || message.AsOnBusinessApp;

    private static CustomerMessage AsTold(CustomerMessage message, BusinessNumber number) =>
        message.Content is { Kind: "edit" } edit && !Announced(message, number)
            ? message with { Content = edit with { Kind = "unsupported", SubKind = "edit" } }
            : message;

    private static WebhookItem Standby(WebhookItem item)
    {
        var value = System.Text.Json.Nodes.JsonNode.Parse([.. item.Head!, (byte)'}'])!.AsObject();
        var standby = new System.Text.Json.Nodes.JsonObject();
        if (item.Contact is not null)
        {
            standby["contacts"] = new System.Text.Json.Nodes.JsonArray(System.Text.Json.Nodes.JsonNode.Parse(item.Contact));
        }

        standby[item.List!] = new System.Text.Json.Nodes.JsonArray(System.Text.Json.Nodes.JsonNode.Parse(item.Json));
        value["standby"] = standby;
        return MessageWebhook.Whole("standby", value);
    }

    private void Remember(Chat chat, ChatLine line)
    {
        var content = line.Content;
        if (content.TargetId is { } target)
        {
            chat.Change(target, old => content.Kind == "revoke"
                ? old with { Revoked = true }
                : old with { Edited = true, Content = old.Content with { Text = content.Text } });
        }
        else if (content.Reaction is { } reaction)
        {
            chat.LastInboundAt = line.At;
            chat.Change(reaction.MessageId, old => old with { CustomerReaction = reaction.Emoji.Length == 0 ? null : reaction.Emoji });
        }
        else
        {
            chat.LastInboundAt = line.At;
            Put(chat, line);
        }

        chat.TypingUntil = null;
        if (line.Referral is not null)
        {
            chat.CameFromAdAt = line.At;
        }

        if (content.CallPermission is { } permission)
        {
            chat.MayCallUntil = !permission.Accepted ? null : permission.Permanent ? DateTimeOffset.MaxValue : permission.Until;
        }
    }

    private bool CountClick(ChatLine line, string value)
    {
        var buttons = line.Content.Buttons.Concat(line.Content.Cards.SelectMany(card => card.Buttons));
        if (buttons.FirstOrDefault(b => b.Value == value || b.Title == value) is not { } button || !_sent.TryGetValue(line.Id, out var sent))
        {
            return false;
        }

        sent.Clicks ??= [];
        switch (button.Kind)
        {
            case "quick_reply":
                Count("quick_reply_button");
                break;
            case "url":
                Count("url_button");
                sent.Clicks[("unique_url_button", button.Title)] = 1;
                break;
        }

        return button.Kind is "url";

        void Count(string kind) => sent.Clicks[(kind, button.Title)] = sent.Clicks.GetValueOrDefault((kind, button.Title)) + 1;
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

    private string? WhyNot(Customer customer, BusinessNumber number, CustomerMessage message)
    {
        var content = message.Content;
        return DeskOf(number.Id).Blocked.Contains(customer.UserId) ? "The business has blocked this customer."
            : message.GroupId is { } group && !(_groups.TryGetValue(group, out var known) && known.Members.Contains(customer.Id))
                ? "The customer is not in such a group."
            : content.TargetId is { } target && !(_chatOfMessage.TryGetValue(target, out var of) && of.CustomerId == customer.Id)
                ? "There is no such message to change."
            : !customer.OnWhatsApp ? "This customer is not on WhatsApp."
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
