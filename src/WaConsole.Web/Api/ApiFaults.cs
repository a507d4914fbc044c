using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Web.Api;

/// <summary>Turns what a verb or the server throws about a request into the API's problem details. Other faults are not its business.</summary>
internal sealed class ApiFaults : IEndpointFilter
{
    private const string RetryAfterSeconds = "30";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception fault) when (ProblemOf(fault) is { } problem)
        {
            if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
            {
                context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            }

            return problem;
        }
    }

    private static ProblemHttpResult? ProblemOf(Exception fault) => StoreCondition.TroubleOf(fault) switch
    {
        StoreTrouble.DiskFull => ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "disk_full", "The disk of the database is full. Nothing was stored."),
        StoreTrouble.Refusing => ApiProblem.Of(
            StatusCodes.Status503ServiceUnavailable, "store_unavailable", "The database cannot be used at the moment."),
        _ => ProblemOfRequest(fault),
    };

    private static ProblemHttpResult? ProblemOfRequest(Exception fault) => fault switch
    {
        NotAllowedException => ApiProblem.Of(StatusCodes.Status403Forbidden, "forbidden", fault.Message),
        InvalidCursorException or InvalidContactCursorException => ApiProblem.Of(StatusCodes.Status400BadRequest, "invalid_cursor", fault.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "too_large", "The request is larger than this endpoint accepts."),
        BadHttpRequestException bad => ApiProblem.Of(bad.StatusCode, "invalid_request", "The request could not be read to its end."),
        _ => null,
    };
}
