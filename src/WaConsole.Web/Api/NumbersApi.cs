using WaConsole.Core.Intake;
using WaConsole.Core.Numbers;

namespace WaConsole.Web.Api;

/// <summary>GET /numbers and GET /intake.</summary>
internal static class NumbersApi
{
    public static void MapNumbers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/numbers", async (HttpContext http, ListNumbers numbers, CancellationToken cancellationToken) =>
                TypedResults.Ok(new ApiList<ApiNumberDetails>(
                    [.. (await numbers.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(ApiNumberDetails.Of)])))
            .WithName("listNumbers")
            .WithTags("Numbers")
            .WithSummary("Business numbers this key may use")
            .ProducesRefusals(401, 403, 429);
        api.MapGet("/intake", async (HttpContext http, ReadIntake intake, CancellationToken cancellationToken) =>
                TypedResults.Ok(ApiIntake.Of(await intake.RunAsync(ApiCaller.Of(http), cancellationToken))))
            .WithName("readIntake")
            .WithTags("Operations")
            .WithSummary("What became of every webhook received")
            .ProducesRefusals(401, 403, 429);
    }
}
