using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Flows;

/// <summary><c>/{account}/flows</c> and <c>/{flow}</c>: Flows are made, filled, published, retired and deleted. Source: Meta's OpenAPI file of v23.0.</summary>
internal static class FlowRoutes
{
    private const int JsonMax = 10 * 1024 * 1024;

    private static readonly string[] Defaults = ["id", "name", "status", "categories", "validation_errors"];

    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world) => id != world.Options.BusinessAccountId
        ? GraphAccess.NoSuchObject(id)
        : GraphPages.Paged(request, world, [.. world.Flows.Select(flow => GraphFields.Pick(Json(flow), GraphFields.Of(request) ?? Defaults))]);

    public static IResult Create(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var name = input.Text("name", 200, required: true)?.Trim();
        var categories = input.List("categories");
        var endpoint = input.Text("endpoint_uri");
        var clone = input.Text("clone_flow_id", 64);
        if (categories.Count == 0)
        {
            input.Checks.Refuse(100, "Param categories must hold at least one category.");
        }

        if (world.Flows.Any(flow => flow.Name == name))
        {
            input.Checks.Refuse(100, "A Flow of this name exists already.");
        }

        if (clone is not null && world.FindFlow(clone) is null)
        {
            input.Checks.Refuse(100, "There is no Flow to clone.");
        }

        var json = input.Text("flow_json", JsonMax) ?? (clone is null ? null : world.FindFlow(clone)?.Json);
        return input.Answer(() =>
        {
            var flow = world.OpenFlow(made => new SimulatedFlow(made, name!, categories)
            {
                Endpoint = endpoint,
                Json = json,
                Errors = json is null ? [] : FlowJsonRules.Errors(json),
            });
            return GraphAccess.Json(new JsonObject { ["id"] = flow.Id, ["success"] = true, ["validation_errors"] = Errors(flow) });
        });
    }

    public static IResult Get(SimulatedFlow flow, string[]? fields) => GraphAccess.Json(GraphFields.Pick(Json(flow), fields ?? Defaults));

    public static IResult Change(SimulatedFlow flow, GraphInput input, SimulatedWhatsApp world)
    {
        var name = input.Text("name", 200)?.Trim();
        var categories = input.List("categories");
        var endpoint = input.Text("endpoint_uri");
        return input.Answer(() => Answer(world.ChangeFlow(flow.Id, known => (
            known with
            {
                Name = name is { Length: > 0 } ? name : known.Name,
                Categories = categories.Count > 0 ? categories : known.Categories,
                Endpoint = endpoint ?? known.Endpoint,
            },
            null))));
    }

    public static async Task<IResult> UploadAsync(string id, HttpContext http, SimulatedWhatsApp world)
    {
        if (world.FindFlow(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        if (form is null || form["asset_type"] != "FLOW_JSON" || form.Files.GetFile("file") is not { Length: > 0 and <= JsonMax } file)
        {
            return GraphAccess.Answer(GraphError.Of(100, "Give name, asset_type FLOW_JSON and the file."));
        }

        using var reader = new StreamReader(file.OpenReadStream());
        var json = await reader.ReadToEndAsync(http.RequestAborted);
        var errors = FlowJsonRules.Errors(json);
        return world.ChangeFlow(id, known => known.Status == "DRAFT"
                ? (known with { Json = json, Errors = errors }, null)
                : (known, GraphError.Of(139001, "The Flow is published; clone it to change it."))) is { } refusal
            ? GraphAccess.Answer(refusal)
            : GraphAccess.Json(new JsonObject { ["success"] = true, ["validation_errors"] = Errors(world.FindFlow(id)!) });
    }

    public static IResult Publish(string id, SimulatedWhatsApp world) => Step(id, world, flow =>
        flow is { Status: "DRAFT", Json: not null, Errors.Count: 0 }
            ? (flow with { Status = "PUBLISHED" }, null)
            : (flow, GraphError.Of(139002, "Only a draft without errors can be published.")));

    public static IResult Deprecate(string id, SimulatedWhatsApp world) => Step(id, world, flow =>
        flow.Status == "PUBLISHED"
            ? (flow with { Status = "DEPRECATED" }, null)
            : (flow, GraphError.Of(139003, "Only a published Flow can be deprecated.")));

    public static IResult Delete(SimulatedFlow flow, SimulatedWhatsApp world) => Answer(world.DeleteFlow(flow.Id));

    private static IResult Step(string id, SimulatedWhatsApp world, Func<SimulatedFlow, (SimulatedFlow, GraphError?)> change) =>
        world.FindFlow(id) is null ? GraphAccess.NoSuchObject(id, "post") : Answer(world.ChangeFlow(id, change));

    private static IResult Answer(GraphError? error) => error is null ? GraphAccess.Success() : GraphAccess.Answer(error);

    private static JsonObject Json(SimulatedFlow flow)
    {
        var json = new JsonObject
        {
            ["id"] = flow.Id,
            ["name"] = flow.Name,
            ["status"] = flow.Status,
            ["categories"] = new JsonArray([.. flow.Categories.Select(category => (JsonNode)category)]),
            ["validation_errors"] = Errors(flow),
        };
        if (flow.Endpoint is not null)
        {
            json["endpoint_uri"] = flow.Endpoint;
        }

        if (flow is { Json: { } screens, Errors.Count: 0 })
        {
            json["json_version"] = SendChecks.Member(JsonElement.Parse(screens), "version").GetString();
        }

        return json;
    }

    private static JsonArray Errors(SimulatedFlow flow) => new([.. flow.Errors.Select(error => new JsonObject
    {
        ["error"] = "INVALID_PROPERTY",
        ["error_type"] = "JSON_SCHEMA_ERROR",
        ["message"] = error,
        ["line_start"] = 1,
        ["line_end"] = 1,
        ["column_start"] = 1,
        ["column_end"] = 1,
    })]);
}
