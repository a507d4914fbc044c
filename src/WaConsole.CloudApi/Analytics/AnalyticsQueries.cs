namespace WaConsole.CloudApi;

public enum AnalyticsStep
{
    HalfHour,
    Day,
    Month,
}

/// <param name="PhoneNumbers">Digits; null counts all.</param>
/// <param name="Countries">ISO codes; null counts all.</param>
public sealed record MessageAnalytics(
    DateTime FromUtc,
    DateTime ToUtc,
    AnalyticsStep Step,
    IReadOnlyList<string>? PhoneNumbers = null,
    IReadOnlyList<string>? Countries = null)
{
    internal string ToField() =>
        AnalyticsText.Field("analytics", FromUtc, ToUtc, Step switch
        {
            AnalyticsStep.HalfHour => "HALF_HOUR",
            AnalyticsStep.Day => "DAY",
            _ => "MONTH",
        })
        + AnalyticsText.Argument("phone_numbers", PhoneNumbers)
        + AnalyticsText.Argument("country_codes", Countries);
}

/// <param name="Dimensions">
/// What to split by: <c>PRICING_CATEGORY</c>, <c>PRICING_TYPE</c>, <c>COUNTRY</c>, <c>PHONE</c>, <c>TIER</c>.
/// </param>
/// <param name="PhoneNumbers">Digits; null counts all.</param>
/// <param name="Countries">ISO codes; null counts all.</param>
public sealed record PricingAnalytics(
    DateTime FromUtc,
    DateTime ToUtc,
    AnalyticsStep Step,
    IReadOnlyList<string>? Dimensions = null,
    IReadOnlyList<string>? PhoneNumbers = null,
    IReadOnlyList<string>? Countries = null)
{
    /// <summary>The steps have other names here than in <see cref="MessageAnalytics"/>.</summary>
    internal string ToField() =>
        AnalyticsText.Field("pricing_analytics", FromUtc, ToUtc, Step switch
        {
            AnalyticsStep.HalfHour => "HALF_HOUR",
            AnalyticsStep.Day => "DAILY",
            _ => "MONTHLY",
        })
        + AnalyticsText.Argument("dimensions", Dimensions)
        + AnalyticsText.Argument("phone_numbers", PhoneNumbers)
        + AnalyticsText.Argument("country_codes", Countries);
}
