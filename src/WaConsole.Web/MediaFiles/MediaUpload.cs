using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.MediaFiles;

/// <summary>Reads the one file of a multipart request straight into the store: memory stays flat however large the file is.</summary>
internal static class MediaUpload
{
    /// <summary>Room for the multipart frame around the largest file.</summary>
    private const int Frame = 64 * 1024;

    private const int MaxBoundary = 100;

    public static IRequestSizeLimitMetadata SizeLimit { get; } = new RequestSizeLimitAttribute(StoreUpload.MaxBytes + Frame);

    public static async Task<(UploadOutcome.Stored? Stored, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, Caller caller, Func<Caller, Stream, string, CancellationToken, Task<UploadOutcome>> store, CancellationToken cancellationToken)
    {
        caller.MustUpload();
        var words = request.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<MediaTexts>>();
        if (BoundaryOf(request) is not { } boundary)
        {
            return (null, ApiProblem.Of(
                StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", words["UploadForm"]));
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (FileNameOf(section) is { } name)
                {
                    return Answer(await store(caller, section.Body, name, cancellationToken));
                }
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge(words["UploadTooBig"]));
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return (null, ApiProblem.Invalid(words["UploadBroken"]));
        }

        return (null, ApiProblem.Invalid(words["UploadNoFile"], new FieldProblem("file", words["UploadPart"])));
    }

    private static (UploadOutcome.Stored? Stored, ProblemHttpResult? Problem) Answer(UploadOutcome outcome) => outcome switch
    {
        UploadOutcome.Stored stored => (stored, null),
        UploadOutcome.Refused { Code: "media_too_big" } refused => (null, TooLarge(refused.Sentence)),
        UploadOutcome.Refused { Code: "media_unsupported" } refused => (null, ApiProblem.Of(
            StatusCodes.Status415UnsupportedMediaType, refused.Code, refused.Sentence)),
        UploadOutcome.Refused refused => (null, ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, refused.Code, refused.Sentence)),
        _ => throw new InvalidOperationException("An outcome of an upload has no answer."),
    };

    private static ProblemHttpResult TooLarge(string sentence) =>
        ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "media_too_big", sentence);

    internal static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data")
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary is { Length: > 0 and <= MaxBoundary } ? boundary.Value : null;
    }

    internal static string? FileNameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
        {
            return null;
        }

        var star = HeaderUtilities.RemoveQuotes(disposition.FileNameStar);
        return (star.Length > 0 ? star : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;
    }
}
