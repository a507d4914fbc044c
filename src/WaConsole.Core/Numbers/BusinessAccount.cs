using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.Numbers;

public enum NumberEnvironment
{
    Development = 1,
    Testing = 2,
    Production = 3,
}

/// <summary>Throughput of a number, messages per second in and out together (Meta, Throughput): standard 80, high 1,000, coexistence 20.</summary>
public enum ThroughputLevel
{
    Standard = 1,
    High = 2,
    Coexistence = 3,
}

/// <summary>When the customer sees blue ticks for what they wrote.</summary>
public enum ReadReceiptPolicy
{
    Never = 0,
    WhenReplying = 1,
    WhenOpening = 2,
}

/// <summary>A messaging account at WhatsApp with the credentials to use it. Secrets are encrypted by data protection.</summary>
internal sealed class BusinessAccount
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>WhatsApp's id of the account (entry.id of a webhook).</summary>
    public string WhatsAppId { get; set; } = "";

    /// <summary>Portfolio that scopes business-scoped user ids; the account's own id while WhatsApp has not told us.</summary>
    public string PortfolioId { get; set; } = "";

    public string AppId { get; set; } = "";

    public string AppSecretProtected { get; set; } = "";

    public string? PreviousAppSecretProtected { get; set; }

    public string VerifyTokenProtected { get; set; } = "";

    public string AccessTokenProtected { get; set; } = "";

    public string GraphBaseAddress { get; set; } = "";

    public string ApiVersion { get; set; } = "v25.0";

    public bool IsSimulated { get; set; }

    /// <summary>Set when WhatsApp refused the credentials or the account: nothing is sent until an admin mends it.</summary>
    public DateTime? SendingStoppedAtUtc { get; set; }

    public int? SendingStoppedCode { get; set; }

    public DateTime? TemplatesSyncedAtUtc { get; set; }

    /// <summary>A reading of all templates that is under way, or was when the program ended: since when, where it stands, how many were read.</summary>
    public DateTime? TemplatesSyncStartedAtUtc { get; set; }

    public string? TemplatesSyncCursor { get; set; }

    public int TemplatesSyncCount { get; set; }

    /// <summary>When WhatsApp was last asked how often links of templates were opened, and what became of it.</summary>
    public DateTime? LinkClicksAskedAtUtc { get; set; }

    public LinkClicksState LinkClicksState { get; set; }

    /// <summary>
    /// How many different people the portfolio may write to outside their window in a rolling day; -1 for any number, null while WhatsApp has
    /// not said.
    /// </summary>
    public int? MessagingLimit { get; set; }

    /// <summary>Rules of sending an admin changed, see Sending.GateSettings; null for the defaults.</summary>
    public string? GateJson { get; set; }

    /// <summary>How a stop is confirmed, see Conversations.StopReply; null for the defaults.</summary>
    public string? StopReplyJson { get; set; }

    public DateTime CreatedAtUtc { get; set; }
}

internal sealed class Number
{
    public long Id { get; set; }

    public long BusinessAccountId { get; set; }

    public BusinessAccount BusinessAccount { get; set; } = null!;

    /// <summary>WhatsApp's phone_number_id.</summary>
    public string PhoneNumberId { get; set; } = "";

    public string DisplayPhoneNumber { get; set; } = "";

    /// <summary>The name on the badge: verified name, or what the admin calls it.</summary>
    public string Name { get; set; } = "";

    public NumberEnvironment Environment { get; set; } = NumberEnvironment.Production;

    public ThroughputLevel Throughput { get; set; } = ThroughputLevel.Standard;

    public string Quality { get; set; } = "UNKNOWN";

    public string Status { get; set; } = "";

    public ReadReceiptPolicy ReadReceipts { get; set; } = ReadReceiptPolicy.WhenReplying;

    public bool ShowTyping { get; set; } = true;

    /// <summary>Whom a development or testing number may write to first: phone numbers as digits, separated by commas.</summary>
    public string Testers { get; set; } = "";

    /// <summary>Conversations that wait and are nobody's are given to agents in turn.</summary>
    public bool TakesTurns { get; set; }

    /// <summary>Most open conversations of one agent before they are passed over; 0 for no limit.</summary>
    public int TurnCapacity { get; set; }

    /// <summary>Who had the last turn.</summary>
    public long? LastTurnId { get; set; }

    public DateTime? SendingStoppedAtUtc { get; set; }

    public int? SendingStoppedCode { get; set; }

    public DateTime? LastWebhookAtUtc { get; set; }

    public DateTime? LastMessageStoredAtUtc { get; set; }

    /// <summary>Customers' messages that ever came in: what it grows by counts against the throughput.</summary>
    public long ReceivedMessages { get; set; }

    public DateTime? LastSendAtUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }
}
