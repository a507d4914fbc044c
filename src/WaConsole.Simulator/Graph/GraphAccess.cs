using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>What every Graph call goes through: the token, and the faults that can strike any call.</summary>
internal static class GraphAccess
{
    /// <summary>For sending and media: the token must be able to message. Null when the call may go on.</summary>
    public static ValueTask<IResult?> MessagingAsync(HttpContext http, SimulatedWhatsApp world) =>
        CheckAsync(http, world, TokenState.Messaging, 131005);

    public static async ValueTask<object?> Messaging(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        var world = http.RequestServices.GetRequiredService<SimulatedWhatsApp>();
        return await MessagingAsync(http, world) ?? await next(invocation);
    }

    /// <summary>For everything else: the token must be able to manage, and calls are counted.</summary>
    public static async ValueTask<object?> Management(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        var world = http.RequestServices.GetRequiredService<SimulatedWhatsApp>();
        if (await CheckAsync(http, world, TokenState.Management, 10) is { } refused)
        {
            return refused;
        }

        var calls = world.Limits.TakeManagement();
        TellUsage(http.Response, world, calls);
        return calls > RateLimits.ManagementPerHour
            ? Answer(GraphError.Of(80007, "The account has made too many management calls this hour."))
            : await next(invocation);
    }

    public static IResult Answer(GraphError error) => Json(error.ToAnswer(), error.HttpStatus);

    public static IResult Json(JsonNode node, int status = 200) =>
        Results.Text(node.ToJsonString(), "application/json; charset=UTF-8", Encoding.UTF8, status);

    public static IResult Success() => Json(new JsonObject { ["success"] = true });

    public static IResult NoSuchObject(string id, string verb = "get") => Answer(GraphError.Of(
        100,
        $"Unsupported {verb} request. Object with ID '{(id.Length > 40 ? id[..40] : id)}' does not exist, cannot be loaded "
            + "due to missing permissions, or does not support this operation.") with
    { Subcode = 33 });

    private static ValueTask<IResult?> CheckAsync(HttpContext http, SimulatedWhatsApp world, string scope, int withoutScope)
    {
        if (world.Faults.Take(FaultKind.Slow) is { } slow)
        {
            return AfterAsync(slow);
        }

        return ValueTask.FromResult(Check(http.Request, world, scope, withoutScope));

        async ValueTask<IResult?> AfterAsync(Fault fault)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), world.Clock, http.RequestAborted);
            return Check(http.Request, world, scope, withoutScope);
        }
    }

    private static IResult? Check(HttpRequest request, SimulatedWhatsApp world, string scope, int withoutScope)
    {
        var token = world.Token;
        return world.Faults.Take(FaultKind.TokenExpired) is not null || token.ExpiresAt <= world.Clock.GetUtcNow()
                ? Answer(GraphError.Of(190, "Error validating access token: the session has expired.") with { Subcode = 463 })
            : !HasToken(request, token.Token) ? Answer(GraphError.Of(190, "Invalid OAuth access token - Cannot parse access token."))
            : !token.Allows(scope) ? Answer(GraphError.Of(withoutScope, $"The token lacks the permission {scope}."))
            : null;
    }

    // Source: Meta, "Rate limits", 2026: percents of what is allowed, and minutes until it is again.
    private static void TellUsage(HttpResponse response, SimulatedWhatsApp world, int calls)
    {
        var percent = (calls * 100 / RateLimits.ManagementPerHour).ToString(CultureInfo.InvariantCulture);
        response.Headers["X-App-Usage"] = $"{{\"call_count\":{percent},\"total_time\":0,\"total_cputime\":0}}";
        response.Headers["X-Business-Use-Case-Usage"] =
            $"{{\"{world.Options.BusinessAccountId}\":[{{\"type\":\"whatsapp_business_management\",\"call_count\":{percent},"
            + $"\"total_cputime\":0,\"total_time\":0,\"estimated_time_to_regain_access\":{(calls > RateLimits.ManagementPerHour ? 60 : 0)}}}]}}";
    }

    private static bool HasToken(HttpRequest request, string token)
    {
        string? given = request.Headers.Authorization;
        var start = given is null ? -1
            : given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? 7
            : given.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) ? 6
            : -1;
        var written = start > 0 ? given![start..].Trim() : given is null ? request.Query["access_token"].ToString() : "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(written), Encoding.UTF8.GetBytes(token));
    }
}
