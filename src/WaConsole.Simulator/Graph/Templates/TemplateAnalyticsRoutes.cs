using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary>How templates do, counted from the ledger. Source: Meta, "Template analytics" and "Template comparison", 2025.</summary>
internal static class TemplateAnalyticsRoutes
{
    private const decimal Price = 0.1131m;

    public static IResult Get(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var (start, end, ids) = (input.Number("start"), input.Number("end"), input.List("template_ids"));
        if (start is null || end is null || start >= end)
        {
            input.Checks.Refuse(100, "Params start and end must be Unix times, start first.");
        }

        if (start < world.Clock.GetUtcNow().AddDays(-91).ToUnixTimeSeconds())
        {
            input.Checks.Refuse(100, "Param start may be 90 days back at most.");
        }

        if (ids.Count is 0 or > 10)
        {
            input.Checks.Refuse(100, "Param template_ids holds 1 to 10 ids.");
        }

        if (!string.Equals(input.Text("granularity"), "DAILY", StringComparison.OrdinalIgnoreCase))
        {
            input.Checks.Refuse(100, "Param granularity must be DAILY.");
        }

        if (!world.Account.InsightsEnabled)
        {
            input.Checks.Refuse(200007, "Template insights have not been confirmed for this account.");
        }

        return input.Answer(() => GraphAccess.Json(new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["granularity"] = "DAILY",
                ["product_type"] = input.Text("product_type", 64) ?? "CLOUD_API",
                ["data_points"] = Points(world, ids, start!.Value, end!.Value, input.List("metric_types")),
            }),
        }));
    }

    public static IResult Compare(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.Templates.FindById(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var others = input.List("template_ids").Select(other => other.Trim('[', ']', '"')).ToList();
        var (start, end) = (input.Number("start"), input.Number("end"));
        if (others.Count != 1 || world.Templates.FindById(others[0]) is null)
        {
            input.Checks.Refuse(100, "Param template_ids must hold one other template of this account.");
        }

        var days = (end - start) / 86_400;
        if (days is not (7 or 30 or 60 or 90))
        {
            input.Checks.Refuse(100, "Params start and end must be 7, 30, 60 or 90 days apart.");
        }

        return input.Answer(() => Comparison(world, id, others[0], start!.Value, end!.Value));
    }

    private static JsonArray Points(SimulatedWhatsApp world, IReadOnlyList<string> ids, long start, long end, IReadOnlyList<string> metrics)
    {
        bool Wants(string metric) => metrics.Count == 0 || metrics.Contains(metric, StringComparer.OrdinalIgnoreCase);
        var byDay = world.Facts()
            .Where(fact => fact.TemplateId is not null && ids.Contains(fact.TemplateId) && fact.At.ToUnixTimeSeconds() is var at && at >= start && at < end)
            .GroupBy(fact => (fact.TemplateId, Day: fact.At.ToUnixTimeSeconds() / 86_400 * 86_400))
            .OrderBy(group => group.Key.Day).ThenBy(group => group.Key.TemplateId, StringComparer.Ordinal);
        var points = new JsonArray();
        foreach (var group in byDay)
        {
            var delivered = group.Count(fact => fact.DeliveredAt is not null);
            var point = new JsonObject { ["template_id"] = group.Key.TemplateId, ["start"] = group.Key.Day, ["end"] = group.Key.Day + 86_400 };
            if (Wants("SENT"))
            {
                point["sent"] = group.Count();
            }

            if (Wants("DELIVERED"))
            {
                point["delivered"] = delivered;
            }

            if (Wants("READ"))
            {
                point["read"] = group.Count(fact => fact.ReadAt is not null);
            }

            if (Wants("CLICKED"))
            {
                point["clicked"] = new JsonArray([.. group.SelectMany(fact => fact.Clicks).GroupBy(click => click.Key).Select(clicks => new JsonObject
                {
                    ["type"] = clicks.Key.Kind,
                    ["button_content"] = clicks.Key.Button,
                    ["count"] = clicks.Sum(click => click.Value),
                })]);
            }

            if (Wants("COST"))
            {
                var spent = group.Count(fact => fact is { DeliveredAt: not null, PricingType: "regular" }) * Price;
                point["cost"] = new JsonArray(
                    new JsonObject { ["type"] = "amount_spent", ["value"] = spent },
                    new JsonObject { ["type"] = "cost_per_delivered", ["value"] = delivered == 0 ? 0 : spent / delivered });
            }

            points.Add(point);
        }

        return points;
    }

    private static IResult Comparison(SimulatedWhatsApp world, string first, string second, long start, long end)
    {
        var facts = world.Facts().Where(fact => fact.At.ToUnixTimeSeconds() is var at && at >= start && at < end).ToList();
        var sends = new[] { first, second }.Select(id => (Id: id, Count: facts.Count(fact => fact.TemplateId == id))).ToList();
        return sends.Exists(one => one.Count < world.Options.ComparisonMinimum)
            ? GraphAccess.Answer(GraphError.Of(100, "Each template needs 1,000 sends in the time compared."))
            : GraphAccess.Json(new JsonObject
            {
                ["data"] = new JsonArray(
                    new JsonObject
                    {
                        ["metric"] = "BLOCK_RATE",
                        ["type"] = "RELATIVE",
                        ["order_by_relative_metric"] = new JsonArray(first, second),
                    },
                    new JsonObject
                    {
                        ["metric"] = "MESSAGE_SENDS",
                        ["type"] = "NUMBER_VALUES",
                        ["number_values"] = new JsonArray([.. sends.Select(one => new JsonObject { ["key"] = one.Id, ["value"] = one.Count })]),
                    },
                    new JsonObject
                    {
                        ["metric"] = "TOP_BLOCK_REASON",
                        ["type"] = "STRING_VALUES",
                        ["string_values"] = new JsonArray([.. sends.Select(one => new JsonObject { ["key"] = one.Id, ["value"] = "UNKNOWN_BLOCK_REASON" })]),
                    }),
            });
    }
}
