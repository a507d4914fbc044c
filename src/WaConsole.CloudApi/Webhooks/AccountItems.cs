namespace WaConsole.CloudApi;

/// <summary>
/// Something about the account that an administrator should see (<c>account_alerts</c>, September 2026).
/// </summary>
public sealed record AccountAlertItem : WebhookItem
{
    /// <summary><c>BUSINESS</c>, <c>PHONE_NUMBER</c>, …</summary>
    public string? EntityType { get; init; }

    public string? EntityId { get; init; }

    /// <summary><c>CRITICAL</c>, <c>WARNING</c> or <c>INFORMATIONAL</c>.</summary>
    public string? Severity { get; init; }

    /// <summary><c>ACTIVE</c> or <c>NONE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>For example <c>OBA_APPROVED</c>, <c>PROFILE_PICTURE_LOST</c>.</summary>
    public string? AlertType { get; init; }

    public string? Description { get; init; }
}

/// <summary>Meta looked at the account (<c>account_review_update</c>).</summary>
public sealed record AccountReviewItem : WebhookItem
{
    /// <summary><c>APPROVED</c>, <c>REJECTED</c>, <c>PENDING</c> or <c>DEFERRED</c>.</summary>
    public string? Decision { get; init; }
}

/// <summary>
/// What happened to the account (<c>account_update</c>). Only the part that belongs to the event is set; for events
/// of partners <see cref="WebhookItem.BusinessAccountId"/> is the portfolio.
/// </summary>
public sealed record AccountUpdateItem : WebhookItem
{
    /// <summary>For example <c>ACCOUNT_RESTRICTION</c>, <c>DISABLED_UPDATE</c>, <c>PARTNER_ADDED</c>.</summary>
    public string? Event { get; init; }

    /// <summary>Only for events about one number.</summary>
    public string? PhoneNumber { get; init; }

    public string? Country { get; init; }

    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

    public AccountViolation? Violation { get; init; }

    public AccountBan? Ban { get; init; }

    public PricingEligibility? AuthenticationInternational { get; init; }

    public VolumeTier? VolumeTier { get; init; }

    public PartnerAccount? Partner { get; init; }

    public AccountDisconnection? Disconnection { get; init; }

    public ClientCertification? Certification { get; init; }
}

/// <param name="Type">For example <c>RESTRICTED_BIZ_INITIATED_MESSAGING</c>.</param>
public sealed record AccountRestriction(string? Type, DateTime? ExpiresUtc, string? Remediation);

/// <param name="Type">For example <c>SCAM</c>, <c>ALCOHOL</c>.</param>
public sealed record AccountViolation(string? Type, string? Remediation);

/// <param name="State"><c>DISABLE</c>, <c>REINSTATE</c> or <c>SCHEDULE_FOR_DISABLE</c>.</param>
/// <param name="Date">Meta's words, for example <c>April 17, 2025</c>.</param>
public sealed record AccountBan(string? State, string? Date);

public sealed record PricingEligibility(DateTime? StartUtc, IReadOnlyList<CountryStart> ExceptionCountries);

public sealed record CountryStart(string? CountryCode, DateTime? StartUtc);

/// <param name="Tier">Both ends included: <c>25000001:50000000</c>.</param>
/// <param name="EffectiveMonth">For example <c>2025-11</c>.</param>
public sealed record VolumeTier(
    DateTime? UpdatedUtc,
    string? PricingCategory,
    string? Tier,
    string? EffectiveMonth,
    string? Region);

public sealed record PartnerAccount(
    string? BusinessAccountId,
    string? OwnerBusinessId,
    string? PartnerAppId,
    string? SolutionId,
    IReadOnlyList<string> SolutionPartnerBusinessIds,
    string? AdAccountId);

/// <param name="Reason">For example <c>PRIMARY_INACTIVITY</c>.</param>
/// <param name="InitiatedBy"><c>USER</c> or <c>SYSTEM</c>.</param>
public sealed record AccountDisconnection(string? Reason, string? InitiatedBy);

/// <param name="Status">For example <c>APPROVED</c>; null when a certification is asked for.</param>
public sealed record ClientCertification(
    string? ClientBusinessId,
    string? Status,
    IReadOnlyList<string> RejectionReasons);

/// <summary>Settings of a number changed, calling among them (<c>account_settings_update</c>).</summary>
public sealed record AccountSettingsItem : WebhookItem
{
    /// <summary>For example <c>phone_number_settings</c>; Meta writes it in either case.</summary>
    public string? Type { get; init; }

    public DateTime? TimestampUtc { get; init; }

    /// <summary><c>ENABLED</c> or <c>DISABLED</c>.</summary>
    public string? CallingStatus { get; init; }

    public string? CallIconVisibility { get; init; }

    public string? CallbackPermissionStatus { get; init; }

    public string? CallHoursStatus { get; init; }

    public string? SipStatus { get; init; }
}

/// <summary><c>business_status_update</c>; Meta documents no more than its name.</summary>
public sealed record BusinessStatusItem : WebhookItem
{
    public string? Event { get; init; }
}

/// <summary>Limits of the portfolio changed (<c>business_capability_update</c>).</summary>
public sealed record BusinessCapabilityItem : WebhookItem
{
    /// <summary>
    /// A tier (<c>TIER_2K</c>) or a count of customers reached outside the window in 24 hours; <c>-1</c> is unlimited.
    /// </summary>
    public string? MessagingLimit { get; init; }

    public int? MaxNumbersPerBusiness { get; init; }

    public int? MaxNumbersPerAccount { get; init; }
}

/// <summary>Throughput or quality of a number changed (<c>phone_number_quality_update</c>).</summary>
public sealed record NumberQualityItem : WebhookItem
{
    /// <summary>Today <c>ONBOARDING</c> and <c>THROUGHPUT_UPGRADE</c>; older ones as <c>FLAGGED</c>.</summary>
    public string? Event { get; init; }

    public string? CurrentLimit { get; init; }

    public string? OldLimit { get; init; }

    /// <summary>The portfolio's tier.</summary>
    public string? MessagingLimit { get; init; }
}

/// <summary>A display name was decided on (<c>phone_number_name_update</c>). Register the number again.</summary>
public sealed record NumberNameItem : WebhookItem
{
    /// <summary><c>APPROVED</c>, <c>REJECTED</c>, <c>PENDING</c> or <c>DEFERRED</c>.</summary>
    public string? Decision { get; init; }

    public string? RequestedName { get; init; }

    /// <summary>For example <c>NAME_FORMAT_UNACCEPTABLE</c>.</summary>
    public string? RejectionReason { get; init; }
}

/// <summary>Somebody touched a number's two-step PIN (<c>security</c>).</summary>
public sealed record SecurityItem : WebhookItem
{
    /// <summary><c>PIN_CHANGED</c>, <c>PIN_RESET_REQUEST</c> or <c>PIN_REQUEST_SUCCESS</c>.</summary>
    public string? Event { get; init; }

    /// <summary>Meta's id of the person, only for a request.</summary>
    public string? Requester { get; init; }
}

/// <summary>The business's own username changed (<c>business_username_updates</c>).</summary>
public sealed record BusinessUsernameItem : WebhookItem
{
    public string? Username { get; init; }

    /// <summary><c>approved</c>, <c>reserved</c> or <c>deleted</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>revoked</c> when Meta took it.</summary>
    public string? Context { get; init; }
}

/// <summary>A solution with partners changed; <see cref="WebhookItem.BusinessAccountId"/> is the portfolio.</summary>
public sealed record PartnerSolutionItem : WebhookItem
{
    public string? Event { get; init; }

    public string? SolutionId { get; init; }

    public string? SolutionStatus { get; init; }
}

/// <summary>A payment set-up changed (<c>payment_configuration_update</c>).</summary>
public sealed record PaymentConfigurationItem : WebhookItem
{
    public string? Name { get; init; }

    public string? Provider { get; init; }

    public string? ProviderMerchantId { get; init; }

    /// <summary><c>Active</c>, <c>Needs Connecting</c> or <c>Needs Testing</c>.</summary>
    public string? Status { get; init; }

    public DateTime? CreatedUtc { get; init; }

    public DateTime? UpdatedUtc { get; init; }
}

/// <summary>A form changed its state or does badly (<c>flows</c>). Only the part that belongs to the event is set.</summary>
public sealed record FlowItem : WebhookItem
{
    /// <summary>For example <c>FLOW_STATUS_CHANGE</c>, <c>ENDPOINT_ERROR_RATE</c>.</summary>
    public string? Event { get; init; }

    public string? FlowId { get; init; }

    public string? Message { get; init; }

    public string? OldStatus { get; init; }

    public string? NewStatus { get; init; }

    public string? Warning { get; init; }

    /// <summary><c>ACTIVATED</c> or <c>DEACTIVATED</c>.</summary>
    public string? AlertState { get; init; }

    public double? Threshold { get; init; }

    public double? ErrorRate { get; init; }

    public IReadOnlyList<FlowError> Errors { get; init; } = [];

    /// <summary>Milliseconds.</summary>
    public double? P50Latency { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P90Latency { get; init; }

    public long? RequestsCount { get; init; }

    public double? Availability { get; init; }
}

public sealed record FlowError(string? Type, double? Rate, long? Count);
