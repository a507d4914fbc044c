namespace WaConsole.Simulator.World;

/// <summary>A person with WhatsApp. Replaced as a whole when something about them changes.</summary>
public sealed record Customer
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Digits only, as WhatsApp writes a <c>wa_id</c>.</summary>
    public required string Phone { get; init; }

    /// <summary>The business-scoped id; a new phone number means a new one.</summary>
    public required string UserId { get; init; }

    public string? Username { get; init; }

    /// <summary>Webhooks carry only the user id while the business has not written to the number itself.</summary>
    public bool HiddenNumber { get; init; }

    public bool OnWhatsApp { get; init; } = true;

    /// <summary>While offline nothing is delivered; it arrives when they come back.</summary>
    public bool Online { get; init; } = true;

    /// <summary>Reads what arrives by itself; otherwise a message stays delivered until somebody reads it.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>Has blocked the business: its messages stay <c>sent</c>.</summary>
    public bool Blocks { get; init; }

    public bool MarketingStopped { get; init; }

    /// <summary>Has had enough marketing of all businesses: marketing templates fail with 131049.</summary>
    public bool MarketingCapped { get; init; }

    /// <summary>Part of a WhatsApp experiment: marketing templates fail with 130472.</summary>
    public bool InExperiment { get; init; }

    /// <summary>An old app: interactive messages fail with 131026.</summary>
    public bool OldApp { get; init; }

    /// <summary>The id over linked portfolios, for example <c>DE.ENT.99</c>.</summary>
    public string? ParentUserId { get; init; }

    /// <summary>Changes when the person installs WhatsApp anew; webhooks carry it while the number checks identities.</summary>
    public int Identity { get; init; }

    /// <summary>The two-letter country of the user id.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Country => UserId.Split('.')[0];

    /// <summary>The <c>identity_key_hash</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string IdentityHash => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes($"{UserId}/{Identity}")))[..12];
}
