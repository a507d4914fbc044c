namespace WaConsole.CloudApi;

public enum MessageKind
{
    Unknown,
    Text,
    Image,
    Video,
    Audio,
    Document,
    Sticker,
    Location,
    Contacts,
    Reaction,
    Interactive,
    Button,
    Order,
    System,
    Unsupported,
    Edit,
    Revoke,
    MediaPlaceholder,
}

/// <summary>What messages in both directions have in common. Only the part that belongs to the kind is set.</summary>
public abstract record MessageItem : WebhookItem
{
    public required string Wamid { get; init; }

    /// <summary>When WhatsApp took the message: count the service window from here.</summary>
    public required DateTime TimestampUtc { get; init; }

    /// <summary>Meta's word for the kind.</summary>
    public required string Type { get; init; }

    public required MessageKind Kind { get; init; }

    public string? From { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Text of a text message, caption of a media message, label of a pressed button or choice.</summary>
    public string? Text { get; init; }

    public MessageMedia? Media { get; init; }

    public MessageLocation? Location { get; init; }

    public IReadOnlyList<ReceivedContact> ContactCards { get; init; } = [];

    /// <summary>The raw <c>contacts</c> array of cards.</summary>
    public string? ContactsJson { get; init; }

    /// <summary>
    /// Cards sent in answer to a request for the number: <c>contact_request</c>, otherwise <c>other</c>.
    /// </summary>
    public string? ContactsOrigin { get; init; }

    public MessageReaction? Reaction { get; init; }

    public MessageContext? Context { get; init; }

    /// <summary>Where the customer came from: an ad or a post.</summary>
    public MessageReferral? Referral { get; init; }

    /// <summary>The same, raw; the only proof of a free entry point.</summary>
    public string? ReferralJson { get; init; }

    public InteractiveReply? Interactive { get; init; }

    public ButtonReply? Button { get; init; }

    public ReceivedOrder? Order { get; init; }

    public string? OrderJson { get; init; }

    public SystemNotice? System { get; init; }

    public MessageEdit? Edit { get; init; }

    /// <summary>The message its sender deleted.</summary>
    public string? RevokedWamid { get; init; }

    /// <summary>What WhatsApp does not pass on, for example <c>poll_creation</c>; may be missing.</summary>
    public string? UnsupportedType { get; init; }

    public IReadOnlyList<CloudApiError> Errors { get; init; } = [];
}

/// <summary>A message from a customer. Phone and BSUID may each be missing, never both expected.</summary>
public sealed record InboundMessageItem : MessageItem
{
    /// <summary>BSUID.</summary>
    public string? FromUserId { get; init; }

    public string? FromParentUserId { get; init; }

    /// <summary>From the matching contact.</summary>
    public string? WaId { get; init; }

    public string? ProfileName { get; init; }

    /// <summary>Display only, changeable; without a leading @.</summary>
    public string? Username { get; init; }

    /// <summary>When it changes, the customer has a new phone or reinstalled.</summary>
    public string? IdentityKeyHash { get; init; }
}

/// <summary>Our own message, sent from the WhatsApp Business app on the phone.</summary>
public sealed record EchoItem : MessageItem
{
    public string? To { get; init; }

    /// <summary>BSUID.</summary>
    public string? ToUserId { get; init; }

    public string? ToParentUserId { get; init; }

    public string? ProfileName { get; init; }

    public string? Username { get; init; }
}
