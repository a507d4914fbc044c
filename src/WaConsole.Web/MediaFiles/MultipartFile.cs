using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.MediaFiles;

/// <summary>The one file of a multipart request, given to whoever keeps it as it comes in: memory stays flat however large the file is.</summary>
internal static class MultipartFile
{
    private const int MaxBoundary = 100;

    /// <param name="request">With its file still to be read.</param>
    /// <param name="tooBig">The code of a file that is larger than the request may be.</param>
    /// <param name="keep">With the file's bytes and name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(T? Kept, ProblemHttpResult? Problem)> ReadAsync<T>(
        HttpRequest request, string tooBig, Func<Stream, string, CancellationToken, Task<T>> keep, CancellationToken cancellationToken)
        where T : class
    {
        var words = request.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<MediaTexts>>();
        if (BoundaryOf(request) is not { } boundary)
        {
            return (null, ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", words["UploadForm"]));
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (FileNameOf(section) is { } name)
                {
                    return (await keep(section.Body, name, cancellationToken), null);
                }
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, tooBig, words["UploadTooBig"]));
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return (null, ApiProblem.Invalid(words["UploadBroken"]));
        }

        return (null, ApiProblem.Invalid(words["UploadNoFile"], new FieldProblem("file", words["UploadPart"])));
    }

    private static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data")
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary is { Length: > 0 and <= MaxBoundary } ? boundary.Value : null;
    }

    private static string? FileNameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
        {
            return null;
        }

        var star = HeaderUtilities.RemoveQuotes(disposition.FileNameStar);
        return (star.Length > 0 ? star : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;
    }
}
