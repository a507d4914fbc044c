using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>The routes of the Graph API that the simulator knows.</summary>
internal static class GraphRoutes
{
    public static void MapGraph(this IEndpointRouteBuilder app)
    {
        var graph = app.MapGroup("/{version:regex(^v\\d+\\.\\d+$)}").AddEndpointFilter(GraphAccess.Filter);
        graph.MapPost("/{id}/messages", MessagesRoute.PostAsync);
        graph.MapPost("/{id}/media", MediaRoutes.UploadAsync).DisableAntiforgery();
        graph.MapPost("/{id}/register", Register);
        graph.MapGet("/{id}/message_templates", AccountRoutes.Templates);
        graph.MapGet("/{id}/phone_numbers", AccountRoutes.Numbers);
        graph.MapGet("/{id}/subscribed_apps", AccountRoutes.SubscribedApps);
        graph.MapPost("/{id}/subscribed_apps", AccountRoutes.Subscribe);
        graph.MapGet("/debug_token", AccountRoutes.DebugToken);
        graph.MapGet("/{id}", AccountRoutes.Get);
        graph.MapDelete("/{id}", MediaRoutes.Delete);
        graph.MapFallback("/{**path}", (string? path) => GraphAccess.NoSuchObject(path ?? ""));
        app.MapGet("/whatsapp_business/attachments/", MediaRoutes.Download).AddEndpointFilter(GraphAccess.Filter);
    }

    private static async Task<IResult> Register(string id, HttpRequest request, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var bytes = await BoundedBody.ReadAsync(request, 4096, cancellationToken);
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(bytes ?? []);
        }
        catch (System.Text.Json.JsonException)
        {
            body = null;
        }

        if (body is not JsonObject given || given["messaging_product"] is not JsonValue product
            || !product.TryGetValue<string>(out var name) || name != "whatsapp")
        {
            return GraphAccess.Answer(GraphError.Of(100, "The parameter messaging_product is required."));
        }

        if (given["pin"] is not JsonValue pin || !pin.TryGetValue<string>(out var digits) || digits.Length != 6 || !digits.All(char.IsAsciiDigit))
        {
            return GraphAccess.Answer(GraphError.Of(133005, "The PIN has six digits."));
        }

        world.Register(id);
        return GraphAccess.Json(new JsonObject { ["success"] = true });
    }
}
