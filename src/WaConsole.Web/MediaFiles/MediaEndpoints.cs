using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Hosting;
using WaConsole.Web.Live;

namespace WaConsole.Web.MediaFiles;

/// <summary>Files over plain HTTP: POST /media/upload and /media/voice for the composer, GET /media/{key} for screens and programs.</summary>
internal static class MediaEndpoints
{
    public static void MapMediaFiles(this IEndpointRouteBuilder app)
    {
        Upload(app.MapPost("/media/upload", (HttpContext http, StoreUpload store, PageUpload guard, CancellationToken cancellationToken) =>
            guard.StoreAsync(http, store.RunAsync, cancellationToken)));
        Upload(app.MapPost("/media/voice", (HttpContext http, StoreVoiceNote store, PageUpload guard, CancellationToken cancellationToken) =>
            guard.StoreAsync(http, (caller, content, _, token) => store.RunAsync(caller, content, token), cancellationToken)));
        Open(app.MapGet("/media/{key:guid}", (HttpContext http, Guid key, OpenMedia open, RequestCaller callers, CancellationToken cancellationToken) =>
            OpenAsync(http, key, callers, open.RunAsync, cancellationToken)));
        Open(app.MapGet("/media/{key:guid}/playable", (
            HttpContext http, Guid key, OpenMedia open, RequestCaller callers, CancellationToken cancellationToken) =>
            OpenAsync(http, key, callers, open.PlayableAsync, cancellationToken)));
    }

    /// <summary>Agents write messages with files, marketing staff make templates with them: who may do what, the verbs say.</summary>
    private static void Upload(RouteHandlerBuilder route) => route
        .RequireAuthorization()
        .AddEndpointFilter<ApiFaults>()
        .WithMetadata(MediaUpload.SizeLimit)
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private static void Open(RouteHandlerBuilder route) => route
        .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
        .AddEndpointFilter<ApiFaults>()
        .ExcludeFromDescription();

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> OpenAsync(
        HttpContext http, Guid key, RequestCaller callers, Func<Caller, Guid, CancellationToken, Task<MediaContent?>> open, CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller
            || await open(caller, key, cancellationToken) is not { } file)
        {
            return TypedResults.NotFound();
        }

        Protect(http.Response.Headers, file);
        return TypedResults.PhysicalFile(
            file.Path,
            file.MimeType,
            fileDownloadName: null,
            new DateTimeOffset(file.CreatedAtUtc, TimeSpan.Zero),
            new EntityTagHeaderValue($"\"{Path.GetFileName(file.Path)}\""),
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
