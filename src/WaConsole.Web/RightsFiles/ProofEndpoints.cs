using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.OptIns;
using WaConsole.Web.Api;
using WaConsole.Web.Hosting;
using WaConsole.Web.Live;
using WaConsole.Web.MediaFiles;

namespace WaConsole.Web.RightsFiles;

/// <summary>What the dialog needs of a proof that was uploaded.</summary>
internal sealed record ProofAnswer(Guid Key, string FileName);

/// <summary>POST /opt-ins/proofs takes a file that proves an opt-in; GET /opt-ins/proofs/{key} gives it back as a download, whatever it is.</summary>
internal static class ProofEndpoints
{
    private const int Frame = 64 * 1024;

    public static void MapProofs(this IEndpointRouteBuilder app)
    {
        app.MapPost("/opt-ins/proofs", UploadAsync)
            .RequireAuthorization(Policies.Inbox)
            .AddEndpointFilter<ApiFaults>()
            .WithMetadata(new RequestSizeLimitAttribute(StoreProof.MaxBytes + Frame))
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapGet("/opt-ins/proofs/{key:guid}", OpenAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<ApiFaults>()
            .ExcludeFromDescription();
    }

    private static async Task<Results<Ok<ProofAnswer>, ProblemHttpResult>> UploadAsync(
        HttpContext http, PageUpload file, StoreProof store, CancellationToken cancellationToken)
    {
        var (kept, problem) = await file.ReadAsync(http, store.RunAsync, cancellationToken);
        return kept switch
        {
            StoreProofOutcome.Stored stored => TypedResults.Ok(new ProofAnswer(stored.Key, stored.FileName)),
            StoreProofOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "proof_refused", refused.Sentence),
            _ => problem!,
        };
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> OpenAsync(
        HttpContext http, Guid key, OpenProof open, RequestCaller callers, CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller || await open.RunAsync(caller, key, cancellationToken) is not { } proof)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(proof.Bytes, proof.MimeType, proof.FileName);
    }
}
