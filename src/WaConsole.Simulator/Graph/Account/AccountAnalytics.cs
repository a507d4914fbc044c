using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Account;

/// <summary>The account's statistics, counted from the ledger. Prices are a flat list of our own, good for sums and nothing else.</summary>
internal static class AccountAnalytics
{
    private const decimal MarketingPrice = 0.1131m;
    private const decimal OtherPrice = 0.0456m;

    public static JsonObject Of(AnalyticsQuery query, SimulatedWhatsApp world) => query.Metric switch
    {
        "analytics" => Messages(query, world),
        "pricing_analytics" => Grouped(query, world, "volume", PricedOf, countsCost: true),
        "conversation_analytics" => Grouped(query, world, "conversation", ConversationOf, countsCost: true),
        _ => new JsonObject { ["data"] = new JsonArray(new JsonObject { ["data_points"] = new JsonArray() }) },
    };

    private static JsonObject Messages(AnalyticsQuery query, SimulatedWhatsApp world)
    {
        var points = new SortedDictionary<long, (int Sent, int Delivered)>();
        foreach (var fact in Facts(query, world))
        {
            var start = query.StartOf(fact.At).ToUnixTimeSeconds();
            var (sent, delivered) = points.GetValueOrDefault(start);
            points[start] = (sent + 1, delivered + (fact.DeliveredAt is null ? 0 : 1));
        }

        return new JsonObject
        {
            ["phone_numbers"] = new JsonArray([.. world.Numbers.Select(number => (JsonNode)number.Phone)]),
            ["granularity"] = query.Granularity,
            ["data_points"] = new JsonArray([.. points.Select(point => new JsonObject
            {
                ["start"] = point.Key,
                ["end"] = query.EndOf(DateTimeOffset.FromUnixTimeSeconds(point.Key)).ToUnixTimeSeconds(),
                ["sent"] = point.Value.Sent,
                ["delivered"] = point.Value.Delivered,
            })]),
        };
    }

    private static JsonObject Grouped(
        AnalyticsQuery query, SimulatedWhatsApp world, string count, Func<SendFact, (string Dimension, string Name, string Value)[]> of, bool countsCost)
    {
        var wanted = query.List("dimensions");
        var points = new SortedDictionary<string, (JsonObject Point, int Count, decimal Cost)>(StringComparer.Ordinal);
        foreach (var fact in Facts(query, world).Where(fact => fact.DeliveredAt is not null && Passes(query, of(fact))))
        {
            var start = query.StartOf(fact.DeliveredAt!.Value);
            var dimensions = of(fact).Where(dimension => wanted.Contains(dimension.Dimension)).ToList();
            var key = $"{start:yyyyMMddHHmm}/{string.Join('/', dimensions.Select(dimension => dimension.Value))}";
            if (!points.TryGetValue(key, out var point))
            {
                point.Point = new JsonObject { ["start"] = start.ToUnixTimeSeconds(), ["end"] = query.EndOf(start).ToUnixTimeSeconds() };
                dimensions.ForEach(dimension => point.Point[dimension.Name] = dimension.Value);
            }

            points[key] = (point.Point, point.Count + 1, point.Cost + CostOf(fact));
        }

        var metrics = query.List("metric_types");
        foreach (var (point, counted, cost) in points.Values)
        {
            if (metrics.Count == 0 || metrics.Contains("VOLUME") || metrics.Contains("CONVERSATION"))
            {
                point[count] = counted;
            }

            if (countsCost && (metrics.Count == 0 || metrics.Contains("COST")))
            {
                point["cost"] = cost;
            }
        }

        return new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject { ["data_points"] = new JsonArray([.. points.Values.Select(value => value.Point)]) }),
        };
    }

    private static (string, string, string)[] PricedOf(SendFact fact) =>
    [
        ("COUNTRY", "country", fact.Country),
        ("PHONE", "phone_number", fact.NumberPhone),
        ("PRICING_CATEGORY", "pricing_category", fact.Category.ToUpperInvariant().Replace('-', '_')),
        ("PRICING_TYPE", "pricing_type", fact.PricingType.ToUpperInvariant()),
        .. fact.PricingType == "regular" ? (ReadOnlySpan<(string, string, string)>)[("TIER", "tier", fact.Category.StartsWith("marketing", StringComparison.Ordinal) ? "0:MAX" : "0:750000")] : [],
    ];

    private static (string, string, string)[] ConversationOf(SendFact fact) =>
    [
        ("COUNTRY", "country", fact.Country),
        ("PHONE", "phone_number", fact.NumberPhone),
        ("CONVERSATION_CATEGORY", "conversation_category", fact.Category.ToUpperInvariant().Replace('-', '_')),
        ("CONVERSATION_TYPE", "conversation_type", fact.PricingType switch { "regular" => "REGULAR", "free_entry_point" => "FREE_ENTRY", _ => "FREE_TIER" }),
        ("CONVERSATION_DIRECTION", "conversation_direction", fact.Category == "service" ? "USER_INITIATED" : "BUSINESS_INITIATED"),
    ];

    private static bool Passes(AnalyticsQuery query, (string Dimension, string Name, string Value)[] dimensions)
    {
        foreach (var (filter, name) in new[]
        {
            ("phone_numbers", "phone_number"), ("country_codes", "country"), ("pricing_types", "pricing_type"),
            ("pricing_categories", "pricing_category"), ("conversation_types", "conversation_type"),
            ("conversation_categories", "conversation_category"), ("conversation_directions", "conversation_direction"),
        })
        {
            var wanted = query.List(filter);
            if (wanted.Count > 0 && dimensions.Any(dimension => dimension.Name == name && !wanted.Contains(dimension.Value)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<SendFact> Facts(AnalyticsQuery query, SimulatedWhatsApp world)
    {
        var (from, until) = (DateTimeOffset.FromUnixTimeSeconds(query.Start!.Value), DateTimeOffset.FromUnixTimeSeconds(query.End!.Value));
        var numbers = query.List("phone_numbers");
        return world.Facts().Where(fact => fact.At >= from && fact.At < until && (numbers.Count == 0 || numbers.Contains(fact.NumberPhone)));
    }

    private static decimal CostOf(SendFact fact) => fact.PricingType != "regular" ? 0
        : fact.Category.StartsWith("marketing", StringComparison.Ordinal) ? MarketingPrice
        : OtherPrice;
}
