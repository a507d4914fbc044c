using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>
/// Meta's own counts: approximate, up to a year back (template counts 90 days), only of numbers and templates the
/// account still has (analytics, December 2025).
/// </summary>
public sealed partial class CloudApiClient
{
    /// <summary>Messages sent and delivered.</summary>
    public async Task<IReadOnlyList<MessageCount>> GetMessageAnalyticsAsync(
        CloudApiAccount account, string businessAccountId, MessageAnalytics query, CancellationToken cancellationToken)
    {
        using var answer = await AnalyseAsync(account, businessAccountId, query.ToField(), cancellationToken);
        return
        [
            .. (answer.RootElement.Object("analytics"u8)?.Items("data_points"u8).AsEnumerable() ?? [])
                .Select(MessageCount.Read),
        ];
    }

    /// <summary>What was charged and what was free. Without costs where a partner's credit line pays.</summary>
    public async Task<IReadOnlyList<PricedVolume>> GetPricingAnalyticsAsync(
        CloudApiAccount account, string businessAccountId, PricingAnalytics query, CancellationToken cancellationToken)
    {
        using var answer = await AnalyseAsync(account, businessAccountId, query.ToField(), cancellationToken);
        return
        [
            .. (answer.RootElement.Object("pricing_analytics"u8)?.Items("data"u8).AsEnumerable() ?? [])
                .SelectMany(part => part.Items("data_points"u8).AsEnumerable())
                .Select(PricedVolume.Read),
        ];
    }

    /// <summary>
    /// Sent, delivered, read, taps and costs of up to ten templates, by day, 90 days back. Must be switched on before
    /// (<see cref="EnableTemplateAnalyticsAsync"/>).
    /// </summary>
    /// <exception cref="CloudApiException">200005, 200007: not available, not switched on.</exception>
    public async Task<IReadOnlyList<TemplateCount>> GetTemplateAnalyticsAsync(
        CloudApiAccount account,
        string businessAccountId,
        IReadOnlyList<string> templateIds,
        DateTime fromUtc,
        DateTime toUtc,
        CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("start", AnalyticsText.Unix(fromUtc)),
            ("end", AnalyticsText.Unix(toUtc)),
            ("granularity", "DAILY"),
            ("metric_types", "SENT,DELIVERED,READ,CLICKED,COST"),
            ("template_ids", $"[{string.Join(',', templateIds.Select(GraphId.Check))}]"));
        using var answer = await GetAsync(
            account, $"{GraphId.Check(businessAccountId)}/template_analytics{query}", cancellationToken);
        return
        [
            .. answer.RootElement.Items("data"u8)
                .SelectMany(part => part.Items("data_points"u8).AsEnumerable())
                .Select(TemplateCount.ReadPoint),
        ];
    }

    /// <summary>
    /// Switches template analytics on, which cannot be undone. Not for accounts or numbers of the EU, the UK and Japan.
    /// </summary>
    public async Task EnableTemplateAnalyticsAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken)
    {
        // Answers with the account's id instead of a success.
        using var answer = await PostAsync(
            account, $"{GraphId.Check(businessAccountId)}?is_enabled_for_insights=true", body: null, cancellationToken);
    }

    /// <summary>Two templates of one account side by side, over 7, 30, 60 or 90 days up to now.</summary>
    /// <exception cref="CloudApiException">Below 1,000 sends of each there is nothing to compare.</exception>
    public async Task<TemplateComparison> CompareTemplatesAsync(
        CloudApiAccount account,
        string templateId,
        string otherTemplateId,
        DateTime fromUtc,
        DateTime toUtc,
        CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("template_ids", $"[{GraphId.Check(otherTemplateId)}]"),
            ("start", AnalyticsText.Unix(fromUtc)),
            ("end", AnalyticsText.Unix(toUtc)));
        using var answer = await GetAsync(account, $"{GraphId.Check(templateId)}/compare{query}", cancellationToken);
        return TemplateComparison.Read(answer.RootElement);
    }

    private Task<JsonDocument> AnalyseAsync(
        CloudApiAccount account, string businessAccountId, string field, CancellationToken cancellationToken) =>
        GetAsync(account, GraphId.Check(businessAccountId) + Query.Of(("fields", field)), cancellationToken);
}

internal static class AnalyticsText
{
    public static string Unix(DateTime utc) =>
        new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Graph's field with arguments: <c>name.start(…).end(…)</c>.</summary>
    public static string Field(string name, DateTime fromUtc, DateTime toUtc, string granularity) =>
        $"{name}.start({Unix(fromUtc)}).end({Unix(toUtc)}).granularity({granularity})";

    public static string Argument(string name, IReadOnlyList<string>? values) =>
        values is { Count: > 0 } ? $".{name}({Query.List(values)})" : "";
}
