using WaConsole.Core.Pricing;

namespace WaConsole.Core.Conversations;

public enum MessageDirection
{
    /// <summary>Activity lines: assigned, resolved, number changed.</summary>
    None = 0,
    Inbound = 1,
    Outbound = 2,
}

public enum MessageKind
{
    Unknown = 0,
    Text = 1,
    Image = 2,
    Video = 3,
    Audio = 4,
    Document = 5,
    Sticker = 6,
    Location = 7,
    Contacts = 8,
    Interactive = 9,
    Button = 10,
    Order = 11,
    System = 12,
    Unsupported = 13,
    Template = 14,
    Activity = 15,
    Call = 16,

    /// <summary>Written by the team for the team; the customer never gets it.</summary>
    Note = 17,
}

/// <summary>State of a message on its way out. The order is the rank: it only moves forward (see DeliveryStatusRules).</summary>
public enum DeliveryStatus
{
    /// <summary>Inbound messages and activity lines.</summary>
    None = 0,
    Queued = 1,
    Sending = 2,

    /// <summary>The request left and its answer was lost. Only a status webhook, or a person, settles it.</summary>
    Unknown = 3,
    Accepted = 4,

    /// <summary>WhatsApp holds the message for a quality check of its template.</summary>
    Held = 5,
    Sent = 6,
    Delivered = 7,
    Read = 8,
    Played = 9,
    Failed = 10,
}

internal sealed class Message
{
    public long Id { get; set; }

    public long ConversationId { get; set; }

    public Conversation Conversation { get; set; } = null!;

    public long NumberId { get; set; }

    public MessageDirection Direction { get; set; }

    public MessageKind Kind { get; set; }

    /// <summary>WhatsApp's message id. Null until the send was accepted.</summary>
    public string? Wamid { get; set; }

    /// <summary>Our own id of an outgoing message: the same on every retry, echoed in each status as biz_opaque_callback_data.</summary>
    public Guid? ClientKey { get; set; }

    /// <summary>SHA-256 of the request that used the client key, so that a key reused for another request is refused.</summary>
    public string? RequestHash { get; set; }

    /// <summary>Text, caption or the sentence that stands for the kind. Full length.</summary>
    public string Text { get; set; } = "";

    /// <summary>Shape by kind, see MessageContent.</summary>
    public string? ContentJson { get; set; }

    /// <summary>What was asked to be sent, for outgoing messages: the request is built from it at each attempt. See ReplyJson.</summary>
    public string? ReplyJson { get; set; }

    /// <summary>The item as WhatsApp sent it, for inbound messages.</summary>
    public string? RawJson { get; set; }

    public long? MediaFileId { get; set; }

    public Media.MediaFile? MediaFile { get; set; }

    public DeliveryStatus Status { get; set; }

    public DateTime? StatusAtUtc { get; set; }

    /// <summary>Inbound: WhatsApp's timestamp. Outbound: when our person pressed Send. Shown on the bubble.</summary>
    public DateTime SentAtUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public long? AuthorId { get; set; }

    /// <summary>Name of the author: agent, API key, or a mark for the phone app. See Author.</summary>
    public string? AuthorName { get; set; }

    public string? ReplyToWamid { get; set; }

    public long? ReplyToMessageId { get; set; }

    public bool Forwarded { get; set; }

    public int? ErrorCode { get; set; }

    public string? ErrorTitle { get; set; }

    public string? ErrorDetails { get; set; }

    public DateTime? EditedAtUtc { get; set; }

    public DateTime? DeletedAtUtc { get; set; }

    public string? PricingCategory { get; set; }

    public string? PricingType { get; set; }

    /// <summary>What we thought it would cost, in millionths; nought is free, null is unknown. What it did cost WhatsApp says.</summary>
    public long? EstimateMicros { get; set; }

    public string? EstimateCurrency { get; set; }

    /// <summary>The customer's market when it was queued, by its name on the card of that day; null when nothing tells it.</summary>
    public string? EstimateMarket { get; set; }

    public FreeBecause? EstimateFree { get; set; }

    /// <summary>The list price of what WhatsApp said it charges, in millionths; null when it has not, or charges what we know no price of.</summary>
    public long? ChargeMicros { get; set; }

    public string? ChargeCurrency { get; set; }

    public string? TemplateName { get; set; }

    public string? TemplateLanguage { get; set; }

    public List<Reaction> Reactions { get; set; } = [];
}

/// <summary>A status as WhatsApp reported it. Facts are never changed; the message's state is derived from them.</summary>
internal sealed class MessageStatusFact
{
    public long Id { get; set; }

    public long MessageId { get; set; }

    public string Wamid { get; set; } = "";

    /// <summary>WhatsApp's own word, kept even when we do not know it.</summary>
    public string Status { get; set; } = "";

    /// <summary>Empty outside groups.</summary>
    public string Participant { get; set; } = "";

    public DateTime AtUtc { get; set; }

    public int? ErrorCode { get; set; }

    public string? RawJson { get; set; }
}

internal sealed class Reaction
{
    public long Id { get; set; }

    public long MessageId { get; set; }

    public bool FromCustomer { get; set; }

    public string Emoji { get; set; } = "";

    public DateTime AtUtc { get; set; }
}
