using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Live;

namespace WaConsole.Web.MediaFiles;

/// <summary>What the composer needs of a stored upload. <see cref="SendAs"/>: image, video, audio, document or sticker.</summary>
internal sealed record UploadAnswer(
    long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, string SendAs, bool IsVoiceNote);

/// <summary>
/// An upload of the composer: a person's, from a page of ours. The token comes as a header: reading it from the form would read the
/// whole file first.
/// </summary>
internal sealed class UploadGuard(RequestCaller callers, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions, IStringLocalizer<MediaTexts> words)
{
    public async Task<Results<Ok<UploadAnswer>, ProblemHttpResult>> RunAsync(
        HttpContext http, Func<Caller, Stream, string, CancellationToken, Task<UploadOutcome>> store, CancellationToken cancellationToken)
    {
        var header = antiforgeryOptions.Value.HeaderName ?? "";
        if (!http.Request.Headers.ContainsKey(header) || !await antiforgery.IsRequestValidAsync(http))
        {
            return ApiProblem.Of(
                StatusCodes.Status400BadRequest, "antiforgery", words["PageOutOfDate"]);
        }

        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message);
        }

        var (stored, problem) = await MediaUpload.ReadAsync(http.Request, caller, store, cancellationToken);
        return stored is null
            ? problem!
            : TypedResults.Ok(new UploadAnswer(
                stored.MediaFileId, stored.Key, stored.FileName, stored.MimeType, stored.SizeBytes, ApiText.Word(stored.SendAs),
                stored.IsVoiceNote));
    }
}
