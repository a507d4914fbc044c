namespace WaConsole.Core.Templates.Insight;

/// <summary>Whether WhatsApp tells an account how often the links of its templates are opened. Stored numbers.</summary>
public enum LinkClicksState
{
    /// <summary>It was never asked: no template with a link was sent.</summary>
    NeverAsked = 0,
    Counted = 1,

    /// <summary>Somebody must switch template analytics on, once and for good (Meta, Template analytics, 2025).</summary>
    NotEnabled = 2,

    /// <summary>Not for accounts and numbers of the European Union, the United Kingdom and Japan.</summary>
    NotAvailable = 3,

    /// <summary>WhatsApp could not be asked; what was read before stays.</summary>
    Failed = 4,

    /// <summary>Of a single template: WhatsApp was told not to count its links.</summary>
    OptedOut = 5,
}

/// <summary>
/// WhatsApp's count of a link button of a template: by the day the messages were sent, in UTC, final a week after it. Of all numbers of the
/// account, and approximate.
/// </summary>
internal sealed class TemplateLinkClick
{
    public long TemplateId { get; set; }

    public DateOnly Day { get; set; }

    /// <summary>Its text.</summary>
    public string Button { get; set; } = "";

    public long Clicks { get; set; }

    /// <summary>By how many people; null where WhatsApp did not say.</summary>
    public long? People { get; set; }
}
