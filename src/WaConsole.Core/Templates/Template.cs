namespace WaConsole.Core.Templates;

/// <summary>A template as WhatsApp has it: unique by account, name and language.</summary>
internal sealed class Template
{
    public long Id { get; set; }

    public long BusinessAccountId { get; set; }

    public string WhatsAppId { get; set; } = "";

    public string Name { get; set; } = "";

    public string Language { get; set; } = "";

    /// <summary>WhatsApp's word: APPROVED, PENDING, REJECTED, PAUSED, DISABLED, …</summary>
    public string Status { get; set; } = "";

    /// <summary>MARKETING, UTILITY or AUTHENTICATION.</summary>
    public string Category { get; set; } = "";

    /// <summary>GREEN, YELLOW, RED or UNKNOWN.</summary>
    public string Quality { get; set; } = "UNKNOWN";

    public string? RejectedReason { get; set; }

    /// <summary>POSITIONAL or NAMED.</summary>
    public string ParameterFormat { get; set; } = "POSITIONAL";

    /// <summary>The components array exactly as WhatsApp returned it.</summary>
    public string ComponentsJson { get; set; } = "[]";

    /// <summary>WhatsApp's word, such as ORDER_DETAILS; null for an ordinary one.</summary>
    public string? SubCategory { get; set; }

    /// <summary>How long delivery is tried, in seconds; -1 is 30 days; null is WhatsApp's default.</summary>
    public int? TtlSeconds { get; set; }

    /// <summary>The template of WhatsApp's library it was made from; null for one of our own words.</summary>
    public string? LibraryTemplateName { get; set; }

    /// <summary>WhatsApp was told not to count taps on its links.</summary>
    public bool OptedOutOfLinkTracking { get; set; }

    /// <summary>What WhatsApp will make of the category; null when it is to stay.</summary>
    public string? CorrectCategory { get; set; }

    public DateTime? CategoryChangesAtUtc { get; set; }

    public string? PreviousCategory { get; set; }

    /// <summary>What WhatsApp recommends to a rejected one.</summary>
    public string? Recommendation { get; set; }

    /// <summary>What the search of the list reads.</summary>
    public string SearchText { get; set; } = "";

    public DateTime SyncedAtUtc { get; set; }

    /// <summary>When the status was as it is here: the time of WhatsApp's news, or when WhatsApp was last asked. Whole seconds; see NewsAge.</summary>
    public DateTime? StatusToldAtUtc { get; set; }

    public DateTime? QualityToldAtUtc { get; set; }

    public DateTime? CategoryToldAtUtc { get; set; }

    /// <summary>The last day one of our numbers sent it, in UTC; null when none did.</summary>
    public DateOnly? LastUsedOn { get; set; }

    /// <summary>When WhatsApp last said how often its links were opened.</summary>
    public DateTime? LinkClicksReadAtUtc { get; set; }

    /// <summary>Gone at WhatsApp; kept because messages refer to it.</summary>
    public DateTime? DeletedAtUtc { get; set; }
}
