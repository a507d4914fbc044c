namespace WaConsole.Simulator.World;

/// <summary>A restriction as <c>account_update</c> / <c>ACCOUNT_RESTRICTION</c> names it, in force until it expires.</summary>
public sealed record AccountRestriction(string Type, DateTimeOffset Until);

/// <summary>The WhatsApp business account and the portfolio it belongs to. Replaced as a whole when something about it changes.</summary>
public sealed record BusinessAccount
{
    public string Name { get; init; } = "Alder & Oak";
    public string PortfolioId { get; init; } = "750000000000001";
    public string CatalogId { get; init; } = "740000000000001";
    public string Currency { get; init; } = "EUR";
    public string Country { get; init; } = "DE";
    public string ReviewStatus { get; init; } = "APPROVED";
    public string VerificationStatus { get; init; } = "verified";

    /// <summary>TIER_250, TIER_2K, TIER_10K, TIER_100K or TIER_UNLIMITED: people reached outside a window in a rolling day.</summary>
    public string MessagingLimit { get; init; } = "TIER_10K";

    public bool InsightsEnabled { get; init; }

    /// <summary>Marketing templates must go through <c>/marketing_messages</c> (131063 otherwise).</summary>
    public bool MarketingOnCloudApiDisabled { get; init; }

    public string MarketingOnboarding { get; init; } = "ONBOARDED";
    public bool HasPaymentMethod { get; init; } = true;
    public bool PaymentsTermsAccepted { get; init; } = true;
    public bool CatalogConnected { get; init; } = true;

    /// <summary>DISABLE or SCHEDULE_FOR_DISABLE; null when the account is in good standing.</summary>
    public string? BanState { get; init; }

    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

    /// <summary>ISO countries this business may not write to (130497).</summary>
    public IReadOnlyList<string> BarredCountries { get; init; } = [];

    /// <summary>Whether the app gets webhooks of this account at all.</summary>
    public bool Subscribed { get; init; } = true;

    /// <summary>Where webhooks of the field <c>messages</c> go instead of the app's address.</summary>
    public Uri? OverrideUrl { get; init; }

    /// <summary>The limit as a number; null for unlimited.</summary>
    public int? PeoplePerDay => MessagingLimit switch
    {
        "TIER_50" => 50,
        "TIER_250" => 250,
        "TIER_2K" => 2_000,
        "TIER_10K" => 10_000,
        "TIER_100K" => 100_000,
        _ => null,
    };
}
