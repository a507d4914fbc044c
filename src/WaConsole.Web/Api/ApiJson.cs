using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WaConsole.Web.Api;

/// <summary>Small JSON bodies, read to a bound, with refusals that say what is wrong.</summary>
internal static class ApiJson
{
    private const int MaxBody = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static async Task<(T? Body, ProblemHttpResult? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send JSON with Content-Type: application/json."));
        }

        if (await BoundedBody.ReadAsync(request, MaxBody, cancellationToken) is not { } bytes)
        {
            return (null, ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body may have {MaxBody / 1024} KB."));
        }

        return Parse<T>(bytes);
    }

    public static (T? Body, ProblemHttpResult? Problem) Parse<T>(ReadOnlyMemory<byte> bytes)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, Options) is { } body
                ? (body, null)
                : (null, ApiProblem.Invalid("Send a JSON object."));
        }
        catch (JsonException fault)
        {
            return (null, ApiProblem.Invalid("The body is not what this endpoint expects.", new FieldProblem(fault.Path ?? "$", "This is not expected here.")));
        }
    }
}
