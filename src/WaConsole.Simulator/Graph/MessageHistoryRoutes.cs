using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>Delivery events of a message and what became of their webhooks. Source: Meta's OpenAPI v23.0, message history.</summary>
internal static class MessageHistoryRoutes
{
    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        string? wamid = request.Query["message_id"];
        if (string.IsNullOrEmpty(wamid))
        {
            return GraphAccess.Answer(GraphError.Of(100, "The parameter message_id is required."));
        }

        if (world.EventsOf(id, wamid) is not { } events)
        {
            return GraphPages.Paged(request, world, []);
        }

        var entry = new JsonObject
        {
            ["id"] = world.SequenceOf(wamid)!.Value.ToString(CultureInfo.InvariantCulture),
            ["message_id"] = wamid,
            ["events"] = new JsonObject { ["data"] = events },
        };
        return GraphPages.Paged(request, world, [GraphFields.Pick(entry, GraphFields.Of(request) ?? ["id", "message_id"])]);
    }

    public static IResult Events(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) || world.EventsOf(sequence) is not { } events)
        {
            return GraphAccess.NoSuchObject(id);
        }

        string? status = request.Query["status_filter"];
        var nodes = events.Where(told => string.IsNullOrEmpty(status) || told!["delivery_status"]!.GetValue<string>() == status)
            .Select(told => new JsonObject
            {
                ["cursor"] = told!["id"]!.GetValue<string>(),
                ["node"] = new JsonObject
                {
                    ["id"] = told["id"]!.GetValue<string>(),
                    ["delivery_status"] = told["delivery_status"]!.GetValue<string>(),
                    ["error_description"] = told["error_description"]?.GetValue<string>(),
                    ["occurrence_timestamp"] = told["timestamp"]!.GetValue<long>(),
                    ["status_timestamp"] = told["timestamp"]!.GetValue<long>(),
                    ["application"] = told["application"]!.DeepClone(),
                },
            });
        return GraphPages.Paged(request, world, [.. nodes]);
    }
}
