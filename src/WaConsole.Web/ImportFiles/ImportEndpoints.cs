using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Imports;
using WaConsole.Web.ContactFiles;
using WaConsole.Web.Live;
using WaConsole.Web.MediaFiles;

namespace WaConsole.Web.ImportFiles;

/// <summary>What the page needs of a list that was uploaded.</summary>
internal sealed record ImportAnswer(long ImportId);

/// <summary>POST /opt-ins/imports/upload takes a list of people; GET /opt-ins/imports/{id}/problems gives back the rows that were left out.</summary>
internal static class ImportEndpoints
{
    /// <summary>Room for the multipart frame around the largest file.</summary>
    private const int Frame = 64 * 1024;

    public static RequestSizeLimitAttribute SizeLimit => new(StoreImport.MaxBytes + Frame);

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapPost("/opt-ins/imports/upload", UploadAsync)
            .RequireAuthorization()
            .AddEndpointFilter<ApiFaults>()
            .WithMetadata(SizeLimit)
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapGet("/opt-ins/imports/{id:long}/problems", ProblemsAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<ApiFaults>()
            .ExcludeFromDescription();
    }

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> UploadAsync(
        HttpContext http, PageUpload file, StoreImport store, CancellationToken cancellationToken)
    {
        var (kept, problem) = await file.ReadAsync(http, store.RunAsync, cancellationToken);
        return kept switch
        {
            StoreImportOutcome.Stored stored => TypedResults.Ok(new ImportAnswer(stored.ImportId)),
            StoreImportOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "list_refused", refused.Sentence),
            _ => problem!,
        };
    }

    /// <summary>The same for a page and for a program.</summary>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ProblemsAsync(
        HttpContext http, long id, RequestCaller callers, ReadImportProblems read, IStringLocalizer<ImportTexts> words, CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message);
        }

        if (await read.RunAsync(caller, id, cancellationToken) is not { } rows)
        {
            return ApiProblem.NotFound(words["FileGone"]);
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(
            body => WriteAsync(body, rows, words, cancellationToken),
            "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"import-{id}-left-out.csv"));
    }

    /// <summary>Row and reason, then the row as it was. What a stranger wrote is never a formula.</summary>
    private static async Task WriteAsync(
        Stream body, IAsyncEnumerable<ProblemRow> rows, IStringLocalizer<ImportTexts> words, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(body, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            string[] line =
            [
                row.Trouble is null ? words["Row"] : row.Number.ToString(CultureInfo.InvariantCulture),
                row.Trouble is { } trouble ? words[$"Trouble{trouble}"] : words["Why"],
                .. row.Cells.Select(SafeCell.Of),
            ];
            await csv.WriteRecordAsync(line, cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }
}
