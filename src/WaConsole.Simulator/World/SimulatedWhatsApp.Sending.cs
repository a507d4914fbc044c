using System.Text.Json;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Media;

namespace WaConsole.Simulator.World;

/// <summary>What the Graph API answers to a send.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <param name="Status">The <c>message_status</c> of a template, otherwise null.</param>
    public sealed record Accepted(string Wamid, Customer Customer, string? InputPhone, string? Status) : SendOutcome;

    public sealed record Refused(GraphError Error) : SendOutcome;
}

public sealed partial class SimulatedWhatsApp
{
    private readonly List<LedgerEntry> _ledger = [];
    private readonly Dictionary<string, int> _ledgerIndex = new(StringComparer.Ordinal);

    /// <summary>Every accepted send in order, with the state it has reached.</summary>
    public IReadOnlyList<LedgerEntry> Ledger
    {
        get
        {
            lock (_gate)
            {
                return [.. _ledger];
            }
        }
    }

    /// <summary>Decides about a send. Its statuses start with <see cref="Begin"/>, after the answer has left.</summary>
    internal SendOutcome Accept(string numberId, JsonElement body, string bodyHash)
    {
        var checks = new SendChecks();
        var request = SendRequest.Read(body, checks);
        if (checks.Refusal is { } malformed)
        {
            return new SendOutcome.Refused(malformed);
        }

        var template = request.Type == "template" ? TemplateRules.Find(body, Templates, checks) : null;
        var content = template is not null ? TemplateRules.Fill(template, body, checks)
            : checks.Failed ? new MessageContent { Kind = request.Type }
            : MessageRules.Read(request, checks);
        content = WithKnownMedia(content, numberId, checks, out var wrongMedia);
        if (checks.Refusal is { } refusal)
        {
            return new SendOutcome.Refused(refusal);
        }

        SendOutcome outcome;
        lock (_gate)
        {
            outcome = Accept(numberId, request, content, template?.Category, wrongMedia, bodyHash);
        }

        if (outcome is SendOutcome.Accepted accepted)
        {
            Publish(accepted.Customer.Id);
        }

        return outcome;
    }

    private SendOutcome Accept(
        string numberId, SendRequest request, MessageContent content, string? category, GraphError? wrongMedia, string bodyHash)
    {
        if (Recipient(request, out var refusal) is not { } customer)
        {
            return new SendOutcome.Refused(refusal!);
        }

        if (request.To is null && category == "AUTHENTICATION")
        {
            return Refuse(131062, "An authentication template needs a phone number.");
        }

        var chat = ChatOf(customer.Id, numberId);
        if (request.ReplyTo is not null && !Known(request.ReplyTo, chat))
        {
            return Refuse(131009, "Param context['message_id'] is not a message of this chat.");
        }

        if (!Limits.TakeThroughput(numberId))
        {
            return Refuse(130429, "The number has sent and received too many messages this second.");
        }

        if (!Limits.TakePair(numberId, customer.Id))
        {
            return Refuse(131056, "Too many messages to this customer in a short time.");
        }

        var later = wrongMedia ?? WhyUndeliverable(customer, chat, content, category);
        if (later is not null && Options.RefusalTiming == RefusalTiming.Answer)
        {
            return new SendOutcome.Refused(later);
        }

        return Take(chat, customer, request, content, category, later, bodyHash);
    }

    private SendOutcome.Accepted Take(
        Chat chat, Customer customer, SendRequest request, MessageContent content, string? category, GraphError? later, string bodyHash)
    {
        var now = Clock.GetUtcNow();
        var line = new ChatLine
        {
            Id = NewWamid(),
            CustomerId = customer.Id,
            NumberId = chat.NumberId,
            FromCustomer = false,
            At = now,
            Content = content,
            ReplyTo = request.ReplyTo,
        };
        var held = category is not null && later is null && Faults.Take(FaultKind.HeldForQuality, chat.NumberId) is not null;
        if (Faults.Take(FaultKind.FailedStatus, chat.NumberId) is { } failing)
        {
            later ??= GraphError.Of(failing.Code, "The simulator was asked to fail this message.");
        }

        _receipts.Add(line.Id, new Receipt(
            line.Id, chat, request.CallbackData, request.To is not null, later, held, Price(chat, category, now), content.Reaction));
        if (content.Reaction is null)
        {
            Put(chat, line);
        }

        if (request.To is not null)
        {
            // Meta shows the number of somebody with a username for 30 days after the business wrote to it (June 2026).
            chat.NumberShownUntil = now + TimeSpan.FromDays(30);
        }

        chat.TypingUntil = null;
        _ledgerIndex.Add(line.Id, _ledger.Count);
        _ledger.Add(new LedgerEntry(
            _ledger.Count + 1, line.Id, chat.NumberId, customer.Id, request.To ?? request.UserId!, request.Type,
            request.CallbackData, bodyHash, now, ReceiptState.Accepted, null));
        var status = category is null ? null : held ? "held_for_quality_assessment" : "accepted";
        return new SendOutcome.Accepted(line.Id, customer, request.To, status);
    }

    private Customer? Recipient(SendRequest request, out GraphError? refusal)
    {
        refusal = null;
        if (request.To is null)
        {
            var byId = ByAddress(request.UserId!);
            refusal = byId is null ? GraphError.Of(131026, "Nobody has this user id for this business.") : null;
            return byId;
        }

        if (Digits(request.To) is not { } phone)
        {
            refusal = GraphError.Of(100, "Param to is not a valid phone number.");
            return null;
        }

        if (_numbers.Values.Any(number => number.Phone == phone))
        {
            refusal = GraphError.Of(131021, "A business number cannot write to itself.");
            return null;
        }

        return ByPhone(phone) ?? Stranger(phone);
    }

    private Customer Stranger(string phone)
    {
        var stranger = new Customer
        {
            Id = "c" + (++_nextCustomer).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = "New customer " + phone[^4..],
            Phone = phone,
            UserId = UserIdOf(phone),
            OnWhatsApp = Options.MakeUnknownCustomers,
        };
        _customers.Add(stranger.Id, stranger);
        Index(stranger);
        return stranger;
    }

    private GraphError? WhyUndeliverable(Customer customer, Chat chat, MessageContent content, string? category)
    {
        if (!customer.OnWhatsApp)
        {
            return GraphError.Of(131026, "The recipient cannot be reached on WhatsApp.");
        }

        if (category == "MARKETING" && customer.MarketingStopped)
        {
            return GraphError.Of(131050, "The recipient has stopped marketing messages from this business.");
        }

        if (content.Reaction is { } reaction)
        {
            var target = chat.Find(reaction.MessageId);
            if (target is null || target.At < Clock.GetUtcNow() - TimeSpan.FromDays(30))
            {
                return GraphError.Of(131009, "The message to react to is unknown or older than 30 days.");
            }
        }

        return category is null && !(chat.LastInboundAt + ServiceWindow > Clock.GetUtcNow())
            ? GraphError.Of(131047, "More than 24 hours have passed since the customer last replied to this number.")
            : null;
    }

    private MessageContent WithKnownMedia(MessageContent content, string numberId, SendChecks checks, out GraphError? wrongKind)
    {
        wrongKind = null;
        content = content with
        {
            Media = Known(content.Media, content, numberId, checks, ref wrongKind),
        };
        return content.Cards.Count == 0
            ? content
            : content with { Cards = [.. WithKnownMedia(content, content.Cards, numberId, checks, ref wrongKind)] };
    }

    private List<CardPart> WithKnownMedia(
        MessageContent content, IReadOnlyList<CardPart> cards, string numberId, SendChecks checks, ref GraphError? wrongKind)
    {
        List<CardPart> known = [];
        foreach (var card in cards)
        {
            known.Add(card with { Header = Known(card.Header, content, numberId, checks, ref wrongKind) });
        }

        return known;
    }

    private MediaPart? Known(MediaPart? part, MessageContent content, string numberId, SendChecks checks, ref GraphError? wrongKind)
    {
        if (part?.Id is null)
        {
            return part;
        }

        if (Media.Find(part.Id) is not { FromCustomer: false } file || file.NumberId != numberId)
        {
            checks.Refuse(100, $"Param {content.Kind}['id'] is not a valid whatsapp business account media attachment ID.");
            return part;
        }

        if (content.Kind is "image" or "video" or "audio" or "document" or "sticker" && !MediaRules.Fits(content.Kind, file.MimeType))
        {
            wrongKind = GraphError.Of(131053, $"A file of type {file.MimeType} cannot be sent as {content.Kind}.");
        }

        return part with { MimeType = file.MimeType, FileName = part.FileName ?? file.FileName };
    }

    private bool Known(string wamid, Chat chat) => _chatOfMessage.TryGetValue(wamid, out var of) && of == chat;

    private static SendOutcome.Refused Refuse(int code, string details) => new(GraphError.Of(code, details));
}
