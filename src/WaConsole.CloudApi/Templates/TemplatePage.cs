namespace WaConsole.CloudApi;

/// <summary>One page of an account's templates.</summary>
/// <param name="Next">Give it as <c>after</c> to read on; null on the last page.</param>
public sealed record TemplatePage(IReadOnlyList<TemplateInfo> Templates, string? Next);

/// <summary>A template as Meta stores it. Every enum is open, so values stay text.</summary>
/// <param name="Status">For example <c>APPROVED</c>; only that one can be sent.</param>
/// <param name="ParameterFormat"><c>POSITIONAL</c> or <c>NAMED</c>.</param>
/// <param name="QualityScore"><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c> or <c>UNKNOWN</c>.</param>
/// <param name="ComponentsJson">The raw array, <c>[]</c> when there is none.</param>
public sealed record TemplateInfo(
    string Id,
    string Name,
    string Language,
    string Status,
    string Category,
    string? SubCategory,
    string? ParameterFormat,
    string? QualityScore,
    string? RejectedReason,
    string? PreviousCategory,
    string? CorrectCategory,
    string ComponentsJson)
{
    /// <summary>How long delivery is tried, in seconds; -1 is 30 days.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>Set for a template of Meta's library.</summary>
    public string? LibraryTemplateName { get; init; }

    /// <summary>True: no analytics of taps on links.</summary>
    public bool? OptedOutOfLinkTracking { get; init; }
}
