using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Groups;

/// <summary><c>/{group}/join_requests</c>: who waits to be let in. Source: Meta's OpenAPI file of v23.0.</summary>
internal static class JoinRequestRoutes
{
    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world) => world.FindGroup(id) is not { } group
        ? GroupRoutes.Unknown()
        : GraphPages.Paged(request, world, [.. group.JoinRequests.Select(one => new JsonObject
        {
            ["join_request_id"] = one.Id,
            ["wa_id"] = world.FindCustomer(one.CustomerId)!.Phone,
            ["creation_timestamp"] = one.At.ToUnixTimeSeconds(),
        })]);

    public static IResult Approve(string id, GraphInput input, SimulatedWhatsApp world) => Decide(id, input, world, letIn: true);

    public static IResult Reject(string id, GraphInput input, SimulatedWhatsApp world) => Decide(id, input, world, letIn: false);

    private static IResult Decide(string id, GraphInput input, SimulatedWhatsApp world, bool letIn)
    {
        if (world.FindGroup(id) is null)
        {
            return GroupRoutes.Unknown();
        }

        input.MustBeWhatsApp();
        var requests = input.List("join_requests");
        if (requests.Count == 0)
        {
            input.Checks.Refuse(100, "Param join_requests is empty.");
        }

        return input.Answer(() =>
        {
            var decided = world.DecideJoin(id, requests, letIn);
            var answer = new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                [letIn ? "approved_join_requests" : "rejected_join_requests"] =
                    new JsonArray([.. decided.Where(one => one.Error is null).Select(one => (JsonNode)one.RequestId)]),
            };
            if (decided.Any(one => one.Error is not null))
            {
                answer["failed_join_requests"] = new JsonArray([.. decided.Where(one => one.Error is not null).Select(one => new JsonObject
                {
                    ["join_request_id"] = one.RequestId,
                    ["errors"] = new JsonArray(one.Error!.ToWebhook()),
                })]);
            }

            return GraphAccess.Json(answer);
        });
    }
}
