using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using WaConsole.Core.Media;
using WaConsole.Web.Api;
using WaConsole.Web.Hosting;
using WaConsole.Web.Live;

namespace WaConsole.Web.MediaFiles;

/// <summary>Files over plain HTTP: POST /media/upload for the composer, GET /media/{key} for screens and programs.</summary>
internal static class MediaEndpoints
{
    public static void MapMediaFiles(this IEndpointRouteBuilder app)
    {
        app.MapPost("/media/upload", UploadAsync)
            .RequireAuthorization(Policies.Inbox)
            .AddEndpointFilter<ApiFaults>()
            .WithMetadata(MediaUpload.SizeLimit)
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapGet("/media/{key:guid}", OpenAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<ApiFaults>()
            .ExcludeFromDescription();
    }

    /// <summary>The token comes as a header, asked for here: reading it from the form would read the whole file first.</summary>
    private static async Task<Results<Ok<UploadAnswer>, ProblemHttpResult>> UploadAsync(
        HttpContext http,
        StoreUpload store,
        RequestCaller callers,
        IAntiforgery antiforgery,
        IOptions<AntiforgeryOptions> antiforgeryOptions,
        CancellationToken cancellationToken)
    {
        var header = antiforgeryOptions.Value.HeaderName ?? "";
        if (!http.Request.Headers.ContainsKey(header) || !await antiforgery.IsRequestValidAsync(http))
        {
            return ApiProblem.Of(
                StatusCodes.Status400BadRequest, "antiforgery", "The page is out of date. Load it again and repeat the upload.");
        }

        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Sign in to continue.");
        }

        var (stored, problem) = await MediaUpload.ReadAsync(http.Request, caller, store, cancellationToken);
        return stored is null
            ? problem!
            : TypedResults.Ok(new UploadAnswer(
                stored.MediaFileId, stored.Key, stored.FileName, stored.MimeType, stored.SizeBytes, ApiText.Word(stored.SendAs)));
    }

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> OpenAsync(
        HttpContext http, Guid key, OpenMedia open, RequestCaller callers, CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller
            || await open.RunAsync(caller, key, cancellationToken) is not { } file)
        {
            return TypedResults.NotFound();
        }

        Protect(http.Response.Headers, file);
        return TypedResults.PhysicalFile(
            file.Path,
            file.MimeType,
            fileDownloadName: null,
            new DateTimeOffset(file.CreatedAtUtc, TimeSpan.Zero),
            new EntityTagHeaderValue($"\"{key:N}\""),
            enableRangeProcessing: true);
    }

    /// <summary>
    /// A customer's file is hostile: it is never sniffed into something else, runs nothing even when opened by itself,
    /// and is shown in place only when its type cannot carry a script.
    /// </summary>
    private static void Protect(IHeaderDictionary headers, MediaContent file)
    {
        var disposition = new ContentDispositionHeaderValue(file.MayShowInline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.FileName);
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, max-age=3600";
        headers.Vary = "Cookie, X-Api-Key";
    }
}

/// <summary>What the composer needs of a stored upload. <see cref="SendAs"/>: image, video, audio, document or sticker.</summary>
internal sealed record UploadAnswer(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, string SendAs);
