using System.Text.Json;

namespace WaConsole.CloudApi;

public sealed record MessageCount(DateTime? FromUtc, DateTime? ToUtc, long Sent, long Delivered)
{
    internal static MessageCount Read(JsonElement point) => new(
        point.UnixTime("start"u8),
        point.UnixTime("end"u8),
        point.Long("sent"u8) ?? 0,
        point.Long("delivered"u8) ?? 0);
}

/// <summary>Delivered messages of one price.</summary>
/// <param name="Tier">Band of the volume tier, <c>0:750000</c> or <c>0:MAX</c>; null where nothing was charged.</param>
/// <param name="Cost">In the account's currency; approximate, null when not told.</param>
public sealed record PricedVolume(
    DateTime? FromUtc,
    DateTime? ToUtc,
    string? Country,
    string? PhoneNumber,
    string? Tier,
    string? PricingType,
    string? PricingCategory,
    long Volume,
    decimal? Cost)
{
    internal static PricedVolume Read(JsonElement point) => new(
        point.UnixTime("start"u8),
        point.UnixTime("end"u8),
        point.Text("country"u8),
        point.Text("phone_number"u8),
        point.Text("tier"u8),
        point.Text("pricing_type"u8),
        point.Text("pricing_category"u8),
        point.Long("volume"u8) ?? 0,
        point.Decimal("cost"u8));
}

/// <summary>One template on one day. Reads and taps are final seven days after sending.</summary>
public sealed record TemplateCount(
    string? TemplateId,
    DateTime? FromUtc,
    DateTime? ToUtc,
    long? Sent,
    long? Delivered,
    long? Read,
    IReadOnlyList<TemplateClicks> Clicks,
    IReadOnlyList<TemplateCost> Costs)
{
    internal static TemplateCount ReadPoint(JsonElement point) => new(
        point.Text("template_id"u8),
        point.UnixTime("start"u8),
        point.UnixTime("end"u8),
        point.Long("sent"u8),
        point.Long("delivered"u8),
        point.Long("read"u8),
        [.. point.Items("clicked"u8).Select(click => new TemplateClicks(
            click.Text("type"u8), click.Text("button_content"u8), click.Long("count"u8) ?? 0))],
        [.. point.Items("cost"u8).Select(cost => new TemplateCost(cost.Text("type"u8), cost.Decimal("value"u8)))]);
}

/// <param name="Type"><c>quick_reply_button</c>, <c>url_button</c>, <c>unique_url_button</c>.</param>
public sealed record TemplateClicks(string? Type, string? Button, long Count);

/// <param name="Type"><c>amount_spent</c>, <c>cost_per_delivered</c>, <c>cost_per_url_button_click</c>.</param>
/// <param name="Value">In the account's currency; approximate.</param>
public sealed record TemplateCost(string? Type, decimal? Value);

/// <param name="FewerBlocksFirst">Template ids, the one blocked less often first.</param>
/// <param name="Sends">By template id.</param>
/// <param name="TopBlockReasons">By template id, for example <c>NO_LONGER_NEEDED</c>.</param>
public sealed record TemplateComparison(
    IReadOnlyList<string> FewerBlocksFirst,
    IReadOnlyDictionary<string, long> Sends,
    IReadOnlyDictionary<string, string> TopBlockReasons)
{
    internal static TemplateComparison Read(JsonElement answer)
    {
        IReadOnlyList<string> order = [];
        var sends = new Dictionary<string, long>(StringComparer.Ordinal);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var metric in answer.Items("data"u8))
        {
            switch (metric.Text("metric"u8))
            {
                case "BLOCK_RATE":
                    order = [.. metric.Items("order_by_relative_metric"u8).Select(id => id.AsText()).OfType<string>()];
                    break;
                case "MESSAGE_SENDS":
                    foreach (var value in metric.Items("number_values"u8))
                    {
                        sends[value.Text("key"u8) ?? ""] = value.Long("value"u8) ?? 0;
                    }

                    break;
                case "TOP_BLOCK_REASON":
                    foreach (var value in metric.Items("string_values"u8))
                    {
                        reasons[value.Text("key"u8) ?? ""] = value.Text("value"u8) ?? "";
                    }

                    break;
            }
        }

        return new(order, sends, reasons);
    }
}
