using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Team;

namespace WaConsole.Web.Api;

/// <summary>The bytes of a JSON body, bounded, and the Idempotency-Key that came with them; or why there are none.</summary>
internal sealed record KeyedBody(ReadOnlyMemory<byte> Body, IdempotencyKey? Key, ProblemHttpResult? Problem);

internal static class ReadKeyedBody
{
    public static async Task<KeyedBody> RunAsync(HttpRequest request, Caller caller, int maxBytes, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (!request.HasJsonContentType())
        {
            return No(ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send JSON with Content-Type: application/json."));
        }

        if (await BoundedBody.ReadAsync(request, maxBytes, cancellationToken) is not { } bytes)
        {
            return No(ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body may have {maxBytes / 1024} KB."));
        }

        return IdempotencyKey.Of(request, caller, bytes) is { } key
            ? new KeyedBody(bytes, key, null)
            : No(ApiProblem.Invalid(
                "The Idempotency-Key header is not valid.",
                new FieldProblem(IdempotencyKey.Header, $"Give it once, with 1 to {IdempotencyKey.MaxLength} characters.")));
    }

    private static KeyedBody No(ProblemHttpResult problem) => new(default, null, problem);
}
