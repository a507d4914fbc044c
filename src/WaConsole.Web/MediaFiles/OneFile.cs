using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Live;

namespace WaConsole.Web.MediaFiles;

/// <summary>
/// The one file of a request of a page of ours, given to whoever keeps it, as it comes in. The token comes as a header: reading it from the
/// form would read the whole file first.
/// </summary>
internal sealed class OneFile(RequestCaller callers, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions, IStringLocalizer<MediaTexts> words)
{
    public async Task<(T? Kept, ProblemHttpResult? Problem)> ReadAsync<T>(
        HttpContext http, Func<Caller, Stream, string, CancellationToken, Task<T>> keep, CancellationToken cancellationToken)
        where T : class
    {
        if (!http.Request.Headers.ContainsKey(antiforgeryOptions.Value.HeaderName ?? "") || !await antiforgery.IsRequestValidAsync(http))
        {
            return (null, ApiProblem.Of(StatusCodes.Status400BadRequest, "antiforgery", words["PageOutOfDate"]));
        }

        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return (null, ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message));
        }

        return await TakeAsync(http.Request, caller, keep, words, cancellationToken);
    }

    /// <summary>The same of a program, whose key was looked at before.</summary>
    public static async Task<(T? Kept, ProblemHttpResult? Problem)> TakeAsync<T>(
        HttpRequest request, Caller caller, Func<Caller, Stream, string, CancellationToken, Task<T>> keep, IStringLocalizer<MediaTexts> words,
        CancellationToken cancellationToken)
        where T : class
    {
        if (MediaUpload.BoundaryOf(request) is not { } boundary)
        {
            return (null, ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", words["UploadForm"]));
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (MediaUpload.FileNameOf(section) is { } name)
                {
                    return (await keep(caller, section.Body, name, cancellationToken), null);
                }
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "file_too_big", words["UploadTooBig"]));
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return (null, ApiProblem.Invalid(words["UploadBroken"]));
        }

        return (null, ApiProblem.Invalid(words["UploadNoFile"], new FieldProblem("file", words["UploadPart"])));
    }
}
