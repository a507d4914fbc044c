namespace WaConsole.CloudApi;

/// <summary>Ranked: a later one never goes back to an earlier one; <see cref="Failed"/> stands apart.</summary>
public enum StatusKind
{
    Unknown,
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}

/// <summary>
/// What became of a message of ours. Arrives late, twice, out of order, and before the answer to the send.
/// </summary>
public sealed record StatusItem : WebhookItem
{
    /// <summary>The message; for a payment, the payment's own id.</summary>
    public required string Wamid { get; init; }

    /// <summary>Meta's word.</summary>
    public required string Status { get; init; }

    public required StatusKind Kind { get; init; }

    /// <summary>When it happened, which is not when it arrived.</summary>
    public required DateTime TimestampUtc { get; init; }

    /// <summary>Phone (digits) or group id; may be missing.</summary>
    public string? RecipientId { get; init; }

    /// <summary>BSUID; may be missing.</summary>
    public string? RecipientUserId { get; init; }

    public string? RecipientParentUserId { get; init; }

    /// <summary>In groups: whose status it is.</summary>
    public string? ParticipantId { get; init; }

    public string? ParticipantUserId { get; init; }

    /// <summary>What we gave when sending.</summary>
    public string? CallbackData { get; init; }

    public StatusPricing? Pricing { get; init; }

    public StatusConversation? Conversation { get; init; }

    public IReadOnlyList<CloudApiError> Errors { get; init; } = [];

    public string? ContactWaId { get; init; }

    public string? ContactName { get; init; }

    /// <summary>Display only, changeable; without a leading @.</summary>
    public string? ContactUsername { get; init; }

    /// <summary><c>group</c> for a message to a group.</summary>
    public string? RecipientType { get; init; }

    public string? ParticipantParentUserId { get; init; }

    /// <summary>Direct Send: the template Meta made of it.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Where the identity check is on.</summary>
    public string? IdentityKeyHash { get; init; }

    /// <summary>A payment's progress, not a delivery status.</summary>
    public bool IsPayment { get; init; }

    public PaymentProgress? Payment { get; init; }
}

/// <param name="Type"><c>regular</c>, <c>free_customer_service</c>, <c>free_entry_point</c>, …</param>
/// <param name="Category"><c>marketing</c>, <c>utility</c>, <c>service</c>, …</param>
/// <param name="Billable">Announced to go: decide on type and category.</param>
/// <param name="Model"><c>PMP</c>: per message.</param>
public sealed record StatusPricing(string? Type, string? Category, bool? Billable, string? Model, string? Subtype)
{
    /// <summary>Only for marketing with a highest price; an estimate.</summary>
    public decimal? Cost { get; init; }

    public string? CostCurrency { get; init; }
}

/// <param name="ReferenceId">Ours, of the order.</param>
/// <param name="Amount">The value divided by the offset.</param>
/// <param name="TransactionJson">Meta's object, which differs by country and provider.</param>
public sealed record PaymentProgress(string? ReferenceId, decimal? Amount, string? Currency, string? TransactionJson);

/// <summary>Only for messages inside a free entry point window (v24.0 and later).</summary>
/// <param name="ExpiresUtc">Only with <c>sent</c>.</param>
public sealed record StatusConversation(string? Id, DateTime? ExpiresUtc, string? OriginType);
