namespace WaConsole.CloudApi;

public enum CodeMethod
{
    Sms,
    Voice,
}

/// <summary>What a number's page shows. Every enum is open, so values stay text.</summary>
public sealed record NumberDetails(NumberInfo Number)
{
    /// <summary><c>VERIFIED</c>, <c>NOT_VERIFIED</c> or <c>EXPIRED</c>.</summary>
    public string? CodeVerificationStatus { get; init; }

    /// <summary><c>LIVE</c> or <c>SANDBOX</c>.</summary>
    public string? AccountMode { get; init; }

    public bool? IsPinEnabled { get; init; }

    public bool? IsOfficialBusinessAccount { get; init; }

    /// <summary>The number lives in the WhatsApp Business app as well.</summary>
    public bool? IsOnBusinessApp { get; init; }

    /// <summary>A name that waits for its decision.</summary>
    public string? NewDisplayName { get; init; }

    public string? NewNameStatus { get; init; }

    /// <summary>As Meta writes it.</summary>
    public string? LastOnboardedTime { get; init; }

    /// <summary>Where webhooks of <c>messages</c> go: the number's address wins, then the account's, then the app's.</summary>
    public WebhookAddresses? Webhooks { get; init; }

    public HealthStatus? Health { get; init; }
}

public sealed record WebhookAddresses(string? Number, string? Account, string? App);
