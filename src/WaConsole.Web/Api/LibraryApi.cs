using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Library;

namespace WaConsole.Web.Api;

/// <summary>/library: files and stickers that are sent again and again. The mediaId of one may be sent by everybody who may send.</summary>
internal static class LibraryApi
{
    public static void MapLibrary(this IEndpointRouteBuilder api)
    {
        api.MapGet("/library", async (HttpContext http, ListLibrary library, CancellationToken cancellationToken) => TypedResults.Ok(
                new ApiList<ApiLibraryFile>([.. (await library.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(ApiLibraryFile.Of)])))
            .WithName("listLibrary").WithTags("Media").WithSummary("Files and stickers of the library, by name")
            .WithDescription("Send one by its mediaId, as often as you like.").ProducesRefusals(401, 403, 429);
        api.MapPost("/library", AddAsync)
            .WithName("addToLibrary").WithTags("Media").WithSummary("Put an upload into the library")
            .WithDescription("The mediaId comes from POST /media with the same key.")
            .Accepts<LibraryBody>("application/json").ProducesRefusals(400, 401, 403, 415, 422, 429);
        api.MapDelete("/library/{id}", async Task<Results<NoContent, ProblemHttpResult>> (
                HttpContext http, string id, DeleteFromLibrary delete, CancellationToken cancellationToken) =>
                ApiText.TryId(id, out var item) && await delete.RunAsync(ApiCaller.Of(http), item, cancellationToken)
                    ? TypedResults.NoContent()
                    : ApiProblem.NotFound("There is no such file in the library, or it is not this key's to delete."))
            .WithName("deleteFromLibrary").WithTags("Media").WithSummary("Take a file out of the library")
            .WithDescription("For keys of admins. Messages it was sent with keep it.").ProducesRefusals(401, 403, 404, 429);
    }

    private static async Task<Results<Ok<ApiWritten>, ProblemHttpResult>> AddAsync(
        HttpContext http, AddToLibrary add, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<LibraryBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (!ApiText.TryId(body.MediaId ?? "", out var media))
        {
            return ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("mediaId", "Give an id as a string."));
        }

        return await add.RunAsync(ApiCaller.Of(http), media, body.Name ?? "", cancellationToken) switch
        {
            AddToLibraryOutcome.Added added => TypedResults.Ok(new ApiWritten(ApiText.Id(added.Id))),
            AddToLibraryOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "library_refused", refused.Sentence),
            _ => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "media_not_found", "There is no such upload of this key, or it was sent already."),
        };
    }
}

internal sealed record LibraryBody(
    [property: Description("Of an upload that was not sent.")] string? MediaId,
    [property: Description("Up to 80 characters; the file's own name without it.")] string? Name);

internal sealed record ApiLibraryFile(
    string Id,
    string MediaId,
    string Name,
    [property: Description("The type a message with this file can have.")] string Type,
    string FileName,
    string MimeType,
    long SizeBytes)
{
    public static ApiLibraryFile Of(LibraryEntry entry) => new(
        ApiText.Id(entry.Id), ApiText.Id(entry.MediaFileId), entry.Name, ApiText.Word(entry.Kind), entry.FileName, entry.MimeType, entry.SizeBytes);
}
