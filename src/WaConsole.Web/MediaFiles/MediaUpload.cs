using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Web.Api;

namespace WaConsole.Web.MediaFiles;

/// <summary>A file to send, read straight into the store.</summary>
internal static class MediaUpload
{
    /// <summary>Room for the multipart frame around the largest file.</summary>
    private const int Frame = 64 * 1024;

    private const string TooBig = "media_too_big";

    public static IRequestSizeLimitMetadata SizeLimit { get; } = new RequestSizeLimitAttribute(StoreUpload.MaxBytes + Frame);

    public static async Task<(UploadOutcome.Stored? Stored, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, Caller caller, Func<Caller, Stream, string, CancellationToken, Task<UploadOutcome>> store, CancellationToken cancellationToken)
    {
        caller.MustUpload();
        var (outcome, problem) = await MultipartFile.ReadAsync(request, TooBig, (body, name, ended) => store(caller, body, name, ended), cancellationToken);
        return outcome is null ? (null, problem) : Answer(outcome);
    }

    private static (UploadOutcome.Stored? Stored, ProblemHttpResult? Problem) Answer(UploadOutcome outcome) => outcome switch
    {
        UploadOutcome.Stored stored => (stored, null),
        UploadOutcome.Refused { Code: TooBig } refused => (null, ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, TooBig, refused.Sentence)),
        UploadOutcome.Refused { Code: "media_unsupported" } refused => (null, ApiProblem.Of(
            StatusCodes.Status415UnsupportedMediaType, refused.Code, refused.Sentence)),
        UploadOutcome.Refused refused => (null, ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, refused.Code, refused.Sentence)),
        _ => throw new InvalidOperationException("An outcome of an upload has no answer."),
    };
}
