namespace WaConsole.CloudApi;

/// <summary>A business phone number as Meta describes it. Every enum is open, so values stay text.</summary>
/// <param name="QualityRating"><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c>, <c>NA</c> or <c>UNKNOWN</c>.</param>
/// <param name="ThroughputLevel">
/// <c>STANDARD</c> (80 messages a second, in and out), <c>HIGH</c> (1,000) or <c>NOT_APPLICABLE</c>.
/// </param>
/// <param name="Status">Only <c>CONNECTED</c> may send and receive.</param>
/// <param name="PlatformType"><c>CLOUD_API</c>, <c>ON_PREMISE</c> or <c>NOT_APPLICABLE</c> (not registered).</param>
/// <param name="MessagingLimit">The portfolio's tier, for example <c>TIER_2K</c>.</param>
public sealed record NumberInfo(
    string Id,
    string? DisplayPhoneNumber,
    string? VerifiedName,
    string? QualityRating,
    string? ThroughputLevel,
    string? Status,
    string? PlatformType,
    string? NameStatus,
    string? MessagingLimit);
