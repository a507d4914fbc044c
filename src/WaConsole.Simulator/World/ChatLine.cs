using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Simulator.World;

/// <summary>How far a message of the business has come.</summary>
public enum ReceiptState
{
    Accepted,
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}

/// <summary>One message in a chat. Replaced as a whole when its state changes.</summary>
public sealed record ChatLine
{
    public required string Id { get; init; }
    public required string CustomerId { get; init; }
    public required string NumberId { get; init; }
    public required bool FromCustomer { get; init; }
    public required DateTimeOffset At { get; init; }
    public required MessageContent Content { get; init; }
    public string? ReplyTo { get; init; }
    public ReferralPart? Referral { get; init; }

    /// <summary>For a message of the business: what WhatsApp last reported.</summary>
    public ReceiptState State { get; init; }

    public int? ErrorCode { get; init; }

    /// <summary>For a message of the customer: whether the business marked it read.</summary>
    public bool ReadByBusiness { get; init; }

    /// <summary>The message exactly as it went over the wire: the business's request, or the customer's item of the webhook.
    /// Null for history that was only told.</summary>
    public JsonElement? Wire => Raw.IsEmpty ? null : JsonDocument.Parse(Raw).RootElement;

    /// <summary>The bytes of <see cref="Wire"/>.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>For a message of the business: the person it went to in a group.</summary>
    public string? GroupId { get; init; }

    /// <summary>The customer changed it afterwards; <see cref="Content"/> holds the new words.</summary>
    public bool Edited { get; init; }

    /// <summary>The customer took it back.</summary>
    public bool Revoked { get; init; }

    public string? CustomerReaction { get; init; }
    public string? BusinessReaction { get; init; }

    /// <summary>Whether the customer's phone shows it.</summary>
    public bool OnPhone => FromCustomer || State is ReceiptState.Delivered or ReceiptState.Read or ReceiptState.Played;
}

/// <summary>A chat between one customer and one business number, as it was at one moment.</summary>
public sealed record ChatView(
    Customer Customer,
    BusinessNumber Number,
    IReadOnlyList<ChatLine> Lines,
    DateTimeOffset? WindowClosesAt,
    DateTimeOffset? TypingUntil);

/// <summary>An accepted send, kept for the whole run so that a test can compare what was asked for with what went out.</summary>
/// <param name="Sequence">Counts accepted sends from 1.</param>
/// <param name="CallbackData">What the sender put into <c>biz_opaque_callback_data</c>.</param>
/// <param name="BodyHash">SHA-256 of the request's raw bytes, in lower-case hex.</param>
public sealed record LedgerEntry(
    long Sequence,
    string Wamid,
    string NumberId,
    string CustomerId,
    string Recipient,
    string Type,
    string? CallbackData,
    string BodyHash,
    DateTimeOffset At,
    ReceiptState State,
    int? ErrorCode);
