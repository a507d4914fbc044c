namespace WaConsole.CloudApi;

/// <summary>What all news about a template name it by.</summary>
public abstract record TemplateItem : WebhookItem
{
    public required string TemplateId { get; init; }

    public string? Name { get; init; }

    /// <summary>As templates spell it (<c>en_US</c>); some webhooks write <c>en-US</c>.</summary>
    public string? Language { get; init; }
}

public sealed record TemplateStatusItem : TemplateItem
{
    /// <summary>For example <c>APPROVED</c>, <c>REJECTED</c>, <c>PAUSED</c>.</summary>
    public required string Event { get; init; }

    public string? Category { get; init; }

    /// <summary>For example <c>INVALID_FORMAT</c>; null and <c>NONE</c> both mean none.</summary>
    public string? Reason { get; init; }

    /// <summary>Meta's sentence about a rejection.</summary>
    public string? RejectionReason { get; init; }

    public string? Recommendation { get; init; }

    public DateTime? DisableDateUtc { get; init; }

    /// <summary>For example <c>FIRST_PAUSE</c>, <c>RATE_LIMITING_PAUSE</c>.</summary>
    public string? InfoTitle { get; init; }

    public string? InfoDescription { get; init; }
}

public sealed record TemplateQualityItem : TemplateItem
{
    public string? PreviousScore { get; init; }

    /// <summary><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c> or <c>UNKNOWN</c>.</summary>
    public required string NewScore { get; init; }
}

/// <summary>The texts of a template changed: fetch it again.</summary>
public sealed record TemplateComponentsItem : TemplateItem
{
    public string? Header { get; init; }

    public string? Body { get; init; }

    public string? Footer { get; init; }

    /// <summary>Links and phone numbers only.</summary>
    public IReadOnlyList<TemplateButtonChange> Buttons { get; init; } = [];
}

public sealed record TemplateButtonChange(string? Type, string? Text, string? Url, string? PhoneNumber);

/// <summary>
/// Direct Send: Meta saw content of another category (<c>template_correct_category_detection</c>). Repeated, it costs
/// messaging limit (131064).
/// </summary>
public sealed record TemplateMiscategorisedItem : TemplateItem
{
    public string? Category { get; init; }

    public string? CorrectCategory { get; init; }
}

/// <summary>
/// A change of category, announced or done. Announced: <see cref="CorrectCategory"/> is set, and
/// <see cref="NewCategory"/> is, against its name, the one still in force.
/// </summary>
public sealed record TemplateCategoryItem : TemplateItem
{
    public string? PreviousCategory { get; init; }

    public string? NewCategory { get; init; }

    public string? CorrectCategory { get; init; }

    public DateTime? UpdateTimestampUtc { get; init; }

    public bool IsAnnouncement => CorrectCategory is not null;
}
