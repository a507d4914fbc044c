namespace WaConsole.CloudApi;

public enum PreferenceKind
{
    Unknown,
    Stop,
    Resume,

    /// <summary>Agreed to a category through a sign-up link of the business, which <see cref="UserPreferenceItem.SignupId"/> names.</summary>
    SignUp,
}

/// <summary>A customer stopped or resumed a category of messages from this business, or signed up to it.</summary>
public sealed record UserPreferenceItem : WebhookItem
{
    public string? WaId { get; init; }

    /// <summary>BSUID.</summary>
    public string? UserId { get; init; }

    public string? ParentUserId { get; init; }

    /// <summary>For example <c>marketing_messages</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Meta's word.</summary>
    public required string Value { get; init; }

    public required PreferenceKind Kind { get; init; }

    public string? Detail { get; init; }

    /// <summary>Of the sign-up link the customer used.</summary>
    public string? SignupId { get; init; }

    public required DateTime TimestampUtc { get; init; }
}

/// <summary>A customer's BSUID changed, normally because the phone number did: possibly another person.</summary>
public sealed record UserIdUpdateItem : WebhookItem
{
    public string? WaId { get; init; }

    public string? PreviousUserId { get; init; }

    public required string CurrentUserId { get; init; }

    public string? PreviousParentUserId { get; init; }

    public string? CurrentParentUserId { get; init; }

    public required DateTime TimestampUtc { get; init; }
}

/// <summary>An event or a status of a call. A customer's call, or a call accepted, opens the service window.</summary>
public sealed record CallItem : WebhookItem
{
    public required string CallId { get; init; }

    /// <summary><c>connect</c>, <c>terminate</c>, …; null for a status.</summary>
    public string? Event { get; init; }

    /// <summary>
    /// <c>RINGING</c>, <c>ACCEPTED</c>, <c>REJECTED</c>; on <c>terminate</c>, <c>COMPLETED</c> or <c>FAILED</c>.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>
    /// <c>USER_INITIATED</c> or <c>BUSINESS_INITIATED</c>; null for a status, which only our calls have.
    /// </summary>
    public string? Direction { get; init; }

    public string? From { get; init; }

    public string? FromUserId { get; init; }

    public string? To { get; init; }

    public string? ToUserId { get; init; }

    /// <summary>The customer's own name.</summary>
    public string? ProfileName { get; init; }

    /// <summary>Of a status: whom we call.</summary>
    public string? RecipientId { get; init; }

    public string? RecipientUserId { get; init; }

    public string? RecipientParentUserId { get; init; }

    /// <summary>What the contacts beside the call know of the customer.</summary>
    public string? ContactWaId { get; init; }

    public string? ContactUserId { get; init; }

    public string? ContactParentUserId { get; init; }

    public string? Username { get; init; }

    public required DateTime TimestampUtc { get; init; }

    public string? FromParentUserId { get; init; }

    public string? ToParentUserId { get; init; }

    /// <summary>On <c>connect</c>: <c>offer</c> or <c>answer</c>.</summary>
    public string? SdpType { get; init; }

    /// <summary>The media session as text (RFC 8866).</summary>
    public string? Sdp { get; init; }

    /// <summary>From the button the customer called by.</summary>
    public string? ButtonPayload { get; init; }

    /// <summary>From the link the customer called by.</summary>
    public string? DeeplinkPayload { get; init; }

    /// <summary>What we gave when calling.</summary>
    public string? CallbackData { get; init; }

    /// <summary>On <c>terminate</c>, of an answered call.</summary>
    public DateTime? StartedUtc { get; init; }

    /// <summary>On <c>terminate</c>, of an answered call.</summary>
    public DateTime? EndedUtc { get; init; }

    /// <summary>Seconds; on <c>terminate</c>, of an answered call.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>Media id of a recording, good for seven days.</summary>
    public string? RecordingMediaId { get; init; }

    /// <summary>Media id of a transcript, good for seven days.</summary>
    public string? TranscriptMediaId { get; init; }

    public IReadOnlyList<CloudApiError> Errors { get; init; } = [];

    public bool IsFromCustomer => string.Equals(Direction, "USER_INITIATED", StringComparison.OrdinalIgnoreCase);

    /// <summary>The customer's phone, digits; may be missing.</summary>
    public string? CustomerPhone => (Event is null ? RecipientId : IsFromCustomer ? From : To) ?? ContactWaId;

    /// <summary>The customer's BSUID; may be missing.</summary>
    public string? CustomerUserId => (Event is null ? RecipientUserId : IsFromCustomer ? FromUserId : ToUserId) ?? ContactUserId;

    /// <summary>The customer's parent BSUID; only where portfolios are linked.</summary>
    public string? CustomerParentUserId =>
        (Event is null ? RecipientParentUserId : IsFromCustomer ? FromParentUserId : ToParentUserId) ?? ContactParentUserId;

    /// <summary>The customer called, answered or not, or took our call.</summary>
    public bool OpensServiceWindow => Event is null
        ? string.Equals(Status, "ACCEPTED", StringComparison.OrdinalIgnoreCase)
        : IsFromCustomer && Event is "connect" or "call_created";
}
