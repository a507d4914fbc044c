using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Media;
using WaConsole.Web.MediaFiles;

namespace WaConsole.Web.Api;

/// <summary>POST /media.</summary>
internal static class MediaApi
{
    public const string Upload = "uploadMedia";

    public static void MapMedia(this IEndpointRouteBuilder api) => api.MapPost("/media", UploadAsync)
        .WithName(Upload)
        .WithTags("Media")
        .WithSummary("Upload a file to send")
        .WithDescription("The type is decided by content. The mediaId is for this key only and is used once the message is queued.")
        .WithMetadata(MediaUpload.SizeLimit)
        .ProducesRefusals(400, 401, 403, 413, 415, 422, 429);

    private static async Task<Results<Created<ApiUpload>, ProblemHttpResult>> UploadAsync(
        HttpContext http, StoreUpload store, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        var (stored, problem) = await MediaUpload.ReadAsync(http.Request, caller, store.RunAsync, cancellationToken);
        return stored is null
            ? problem!
            : TypedResults.Created((string?)null, new ApiUpload(
                ApiText.Id(stored.MediaFileId), ApiText.Word(stored.SendAs), stored.MimeType, stored.SizeBytes, stored.FileName));
    }
}
