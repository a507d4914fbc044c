namespace WaConsole.Core.Templates;

/// <summary>Stored numbers.</summary>
public enum TemplateEventKind
{
    /// <summary>First seen when WhatsApp's list was read.</summary>
    Appeared = 1,
    Submitted = 2,
    StatusChanged = 3,
    QualityChanged = 4,

    /// <summary>WhatsApp said that it will change the category.</summary>
    CategoryAnnounced = 5,
    CategoryChanged = 6,
    ComponentsChanged = 7,
    Edited = 8,
    Deleted = 9,
    Unpaused = 10,
    Archived = 11,
    Unarchived = 12,

    /// <summary>A reviewer or the API refused what was handed in.</summary>
    Refused = 13,

    /// <summary>News that name no state, a lock or a word that is not known here, or older ones than we have. The state stays and the list is read again.</summary>
    Heard = 14,
}

/// <summary>One thing that happened to a template: by WhatsApp, or by one of us.</summary>
internal sealed class TemplateEvent
{
    public long Id { get; set; }

    public long BusinessAccountId { get; set; }

    public long TemplateId { get; set; }

    public TemplateEventKind Kind { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>WhatsApp's words, such as a status or a category, before and after.</summary>
    public string? FromWord { get; set; }

    public string? ToWord { get; set; }

    /// <summary>WhatsApp's reason, as it came.</summary>
    public string? Reason { get; set; }

    public string? Recommendation { get; set; }

    /// <summary>Who did it; null for WhatsApp.</summary>
    public string? By { get; set; }
}
