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
/// An upload by a person, from a page of ours. The token comes as a header: reading it from the form would read the whole file first.
/// </summary>
internal sealed class PageUpload(RequestCaller callers, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions, IStringLocalizer<MediaTexts> words)
{
    /// <summary>Any file, given to whoever keeps it.</summary>
    public async Task<(T? Kept, ProblemHttpResult? Problem)> ReadAsync<T>(
        HttpContext http, Func<Caller, Stream, string, CancellationToken, Task<T>> keep, CancellationToken cancellationToken)
        where T : class
    {
        var (caller, problem) = await CallerAsync(http, cancellationToken);
        return caller is null
            ? (null, problem)
            : await MultipartFile.ReadAsync(http.Request, "file_too_big", (body, name, ended) => keep(caller, body, name, ended), cancellationToken);
    }

    /// <summary>A file to send.</summary>
    public async Task<Results<Ok<UploadAnswer>, ProblemHttpResult>> StoreAsync(
        HttpContext http, Func<Caller, Stream, string, CancellationToken, Task<UploadOutcome>> store, CancellationToken cancellationToken)
    {
        var (caller, problem) = await CallerAsync(http, cancellationToken);
        if (caller is null)
        {
            return problem!;
        }

        var (stored, refused) = await MediaUpload.ReadAsync(http.Request, caller, store, cancellationToken);
        return stored is null
            ? refused!
            : TypedResults.Ok(new UploadAnswer(
                stored.MediaFileId, stored.Key, stored.FileName, stored.MimeType, stored.SizeBytes, ApiText.Word(stored.SendAs),
                stored.IsVoiceNote));
    }

    private async Task<(Caller? Caller, ProblemHttpResult? Problem)> CallerAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!http.Request.Headers.ContainsKey(antiforgeryOptions.Value.HeaderName ?? "") || !await antiforgery.IsRequestValidAsync(http))
        {
            return (null, ApiProblem.Of(StatusCodes.Status400BadRequest, "antiforgery", words["PageOutOfDate"]));
        }

        return await callers.ReadAsync(http.User, cancellationToken) is { } caller
            ? (caller, null)
            : (null, ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message));
    }
}
