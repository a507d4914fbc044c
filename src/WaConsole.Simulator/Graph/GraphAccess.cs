using System.Security.Cryptography;
using System.Text;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>What every Graph call goes through: the token, and the faults that can strike any call.</summary>
internal static class GraphAccess
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        var world = http.RequestServices.GetRequiredService<SimulatedWhatsApp>();
        if (world.Faults.Take(FaultKind.Slow) is { } slow)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(slow.Milliseconds), world.Clock, http.RequestAborted);
        }

        if (world.Faults.Take(FaultKind.TokenExpired) is not null)
        {
            return Answer(GraphError.Of(190, "Error validating access token: the session has expired."));
        }

        return HasToken(http.Request, world.Options.AccessToken)
            ? await next(invocation)
            : Answer(GraphError.Of(190, "Invalid OAuth access token - Cannot parse access token."));
    }

    public static IResult Answer(GraphError error) => Json(error.ToAnswer(), error.HttpStatus);

    public static IResult Json(System.Text.Json.Nodes.JsonNode node, int status = 200) =>
        Results.Text(node.ToJsonString(), "application/json; charset=UTF-8", Encoding.UTF8, status);

    public static IResult NoSuchObject(string id, string verb = "get") => Answer(GraphError.Of(
        100,
        $"Unsupported {verb} request. Object with ID '{(id.Length > 40 ? id[..40] : id)}' does not exist, cannot be loaded "
            + "due to missing permissions, or does not support this operation."));

    private static bool HasToken(HttpRequest request, string token)
    {
        string? given = request.Headers.Authorization;
        if (given?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(given["Bearer ".Length..].Trim()), Encoding.UTF8.GetBytes(token));
    }
}
