using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using WaConsole.Core.Contacts;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Contacts;
using WaConsole.Web.Live;

namespace WaConsole.Web.ContactFiles;

/// <summary>GET /contacts/export/csv and /contacts/export/xlsx: everybody the filters of the list find.</summary>
internal static class ContactDownloads
{
    private const string Csv = "csv";
    private const string Xlsx = "xlsx";
    private const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapContactDownloads(this IEndpointRouteBuilder app) =>
        app.MapGet("/contacts/export/{format:regex(^(csv|xlsx)$)}", ExportAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<ApiFaults>()
            .ExcludeFromDescription();

    private static async Task<Results<PushStreamHttpResult, FileStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpContext http,
        string format,
        string? q,
        string? label,
        string? country,
        string? show,
        ExportContacts export,
        RequestCaller callers,
        IStringLocalizer<ContactTexts> words,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message);
        }

        var query = ContactsView.Read(q, label, country, show).Query(null, ListContacts.MaxLimit);
        var head = await export.BeginAsync(caller, query, format, cancellationToken);
        var sheet = new ContactSheet(head, words);
        var name = string.Create(CultureInfo.InvariantCulture, $"contacts-{clock.GetUtcNow():yyyy-MM-dd}.{format}");
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var rows = export.RowsAsync(caller, query, head, cancellationToken);
        return format == Csv
            ? TypedResults.Stream(body => WriteCsvAsync(body, sheet, rows, cancellationToken), "text/csv; charset=utf-8", name)
            : TypedResults.Stream(await WriteXlsxAsync(sheet, rows, cancellationToken), XlsxType, name);
    }

    /// <summary>With a byte order mark, or Excel reads names in the wrong letters.</summary>
    private static async Task WriteCsvAsync(
        Stream body, ContactSheet sheet, IAsyncEnumerable<ContactExportRow> rows, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(body, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. sheet.Header], cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync([.. ContactSheet.Cells(row)], cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    /// <summary>A sheet is a zip archive that has to be finished before its first byte is right: it is built in a file that goes with the answer.</summary>
    private static async Task<FileStream> WriteXlsxAsync(
        ContactSheet sheet, IAsyncEnumerable<ContactExportRow> rows, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"waconsole-{Guid.CreateVersion7():N}.{Xlsx}"), options);
        try
        {
            await file.SaveAsAsync(LinesAsync(sheet, rows, cancellationToken), cancellationToken: cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async IAsyncEnumerable<IDictionary<string, object>> LinesAsync(
        ContactSheet sheet,
        IAsyncEnumerable<ContactExportRow> rows,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var line = new Dictionary<string, object>(StringComparer.Ordinal);
            foreach (var (name, cell) in sheet.Header.Zip(ContactSheet.Cells(row)))
            {
                line[name] = cell;
            }

            yield return line;
        }
    }
}
