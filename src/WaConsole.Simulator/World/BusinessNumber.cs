namespace WaConsole.Simulator.World;

/// <summary>A number of the business. Replaced as a whole when something about it changes.</summary>
public sealed record BusinessNumber(string Id, string Phone, string DisplayPhone, string VerifiedName)
{
    public string Quality { get; init; } = "GREEN";
    public bool Registered { get; init; } = true;

    /// <summary>APPROVED, AVAILABLE_WITHOUT_REVIEW, DECLINED, EXPIRED, PENDING_REVIEW or NONE.</summary>
    public string NameStatus { get; init; } = "APPROVED";

    public string? NewDisplayName { get; init; }
    public string NewNameStatus { get; init; } = "NONE";

    /// <summary>VERIFIED, NOT_VERIFIED or EXPIRED.</summary>
    public string CodeVerification { get; init; } = "VERIFIED";

    public bool PinSet { get; init; }

    /// <summary>STANDARD (80 messages a second) or HIGH (1,000).</summary>
    public string Throughput { get; init; } = "STANDARD";

    /// <summary>While the throughput is being raised every send answers 131057.</summary>
    public DateTimeOffset? MaintenanceUntil { get; init; }

    /// <summary>Also lives in the WhatsApp Business app: 20 messages a second, no deregistration, edits and deletions are told.</summary>
    public bool OnBusinessApp { get; init; }

    public bool OfficialAccount { get; init; }

    /// <summary>LIVE or SANDBOX.</summary>
    public string AccountMode { get; init; } = "LIVE";

    public string? Username { get; init; }

    /// <summary>Complaints have limited the number: sends answer 131048.</summary>
    public bool SpamLimited { get; init; }

    public bool IdentityCheck { get; init; }
    public string? StorageRegion { get; init; }

    /// <summary>The registration is broken: sends answer 131045.</summary>
    public bool CertificateBroken { get; init; }

    /// <summary>For a test number: the only people it may write to (131030). Null for a real number.</summary>
    public IReadOnlyList<string>? TestRecipients { get; init; }

    /// <summary>Where webhooks of the field <c>messages</c> go instead of the account's or the app's address.</summary>
    public Uri? OverrideUrl { get; init; }

    public DateTimeOffset? OnboardedAt { get; init; }

    /// <summary>The number's state as the Graph API names it.</summary>
    public string Status => Registered ? "CONNECTED" : CodeVerification == "VERIFIED" ? "PENDING" : "UNVERIFIED";
}
