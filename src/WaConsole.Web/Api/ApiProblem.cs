using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace WaConsole.Web.Api;

/// <summary>Every refusal of the API: RFC 9457 problem details with a stable <c>code</c> for programs and a sentence for people.</summary>
internal static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    private const string Code = "code";
    private const string Remedy = "remedy";

    public static ProblemHttpResult Of(int status, string code, string detail, IReadOnlyList<FieldProblem>? fields = null)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Type = "about:blank",
            Title = TitleOf(status),
            Detail = detail,
            Extensions = { [Code] = code },
        };
        if (fields is { Count: > 0 })
        {
            problem.Extensions["errors"] = fields;
        }

        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult Invalid(string detail, params IReadOnlyList<FieldProblem> fields) =>
        Of(StatusCodes.Status400BadRequest, "invalid_request", detail, fields);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not_found", detail);

    /// <summary>What the request asks cannot be done as things are: 409 when waiting or a person may change that, else 422.</summary>
    public static ProblemHttpResult Refused(Core.Sending.Refusal refusal) => With(
        Of(StatusOf(refusal.Code), refusal.Code, refusal.Sentence), refusal.Remedy);

    private static ProblemHttpResult With(ProblemHttpResult problem, string? remedy)
    {
        if (remedy is not null)
        {
            problem.ProblemDetails.Extensions[Remedy] = remedy;
        }

        return problem;
    }

    private static int StatusOf(string code) => code switch
    {
        "number_stopped" or "owned_elsewhere" or "media_not_ready" or "already_told" or "marketing_cap" or "quiet_hours" or "too_many_unanswered"
            or "portfolio_limit" or "stop_undecided" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is not valid",
        StatusCodes.Status401Unauthorized => "An API key is needed",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status409Conflict => "Not possible at the moment",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Content type not supported",
        StatusCodes.Status422UnprocessableEntity => "Not possible",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Not available at the moment",
        _ => "Failed",
    };
}

/// <summary><see cref="Field"/> is a query parameter, a header, or a path in the body such as <c>parameters.body</c>.</summary>
internal sealed record FieldProblem(
    [property: JsonPropertyName("field")] string Field, [property: JsonPropertyName("message")] string Message);
