using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Web.ImportFiles;
using WaConsole.Web.MediaFiles;

namespace WaConsole.Web.Api;

/// <summary>/opt-in-imports: a list of people who agreed, in the same steps as on the screen: upload, check, start.</summary>
internal static class OptInImportsApi
{
    public const string Upload = "uploadOptInImport";

    public static void MapOptInImports(this IEndpointRouteBuilder api)
    {
        api.MapPost("/opt-in-imports", UploadAsync)
            .WithName(Upload).WithTags("Opt-ins").WithSummary("Upload a list of people who agreed, as CSV or XLSX")
            .WithDescription("Nothing is imported yet: say what the columns mean with check, and let it run with start. For keys of admins and marketing staff.")
            .WithMetadata(ImportEndpoints.SizeLimit)
            .ProducesRefusals(400, 401, 403, 413, 415, 422, 429);
        api.MapGet("/opt-in-imports/{id}", ReadAsync)
            .WithName("readOptInImport").WithTags("Opt-ins").WithSummary("How far an import is, and what came of it").ProducesRefusals(401, 403, 404, 429);
        api.MapPost("/opt-in-imports/{id}/check", CheckAsync)
            .WithName("checkOptInImport").WithTags("Opt-ins").WithSummary("Say what the columns mean and what proves the consent, and have every row looked at")
            .WithDescription("Writes nothing into the registry. Follow it with GET until state is checked.")
            .Accepts<ImportBody>("application/json").ProducesRefusals(400, 401, 403, 404, 413, 415, 422, 429);
        api.MapPost("/opt-in-imports/{id}/start", StartAsync)
            .WithName("startOptInImport").WithTags("Opt-ins").WithSummary("Let a checked import run, or a stopped one go on")
            .ProducesRefusals(401, 403, 404, 409, 429);
        api.MapGet("/opt-in-imports/{id:long}/left-out", ImportEndpoints.ProblemsAsync)
            .WithName("readOptInImportLeftOut").WithTags("Opt-ins").WithSummary("The rows that were left out, with the reason, as CSV").ProducesRefusals(401, 403, 404, 429);
    }

    private static async Task<Results<Created<ApiImport>, ProblemHttpResult>> UploadAsync(
        HttpContext http, StoreImport store, ReadImport read, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        var (kept, problem) = await MultipartFile.ReadAsync(
            http.Request, "file_too_big", (body, name, ended) => store.RunAsync(caller, body, name, ended), cancellationToken);
        return kept switch
        {
            StoreImportOutcome.Stored stored => TypedResults.Created(
                $"{RestApi.Root}/opt-in-imports/{ApiText.Id(stored.ImportId)}", ApiImport.Of((await read.RunAsync(caller, stored.ImportId, cancellationToken))!)),
            StoreImportOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "list_refused", refused.Sentence),
            _ => problem!,
        };
    }

    private static async Task<Results<Ok<ApiImport>, ProblemHttpResult>> ReadAsync(HttpContext http, string id, ReadImport read, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var import) && await read.RunAsync(ApiCaller.Of(http), import, cancellationToken) is { } view
            ? TypedResults.Ok(ApiImport.Of(view))
            : NoSuchImport();

    private static async Task<Results<Accepted<ApiImport>, ProblemHttpResult>> CheckAsync(
        HttpContext http, string id, CheckImport check, ReadImport read, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<ImportBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        List<FieldProblem> problems = [];
        var terms = body.Terms(problems) with { OwnHost = http.Request.Host.Host };
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        var caller = ApiCaller.Of(http);
        return ApiText.TryId(id, out var import)
            ? await check.RunAsync(caller, import, terms, cancellationToken) switch
            {
                CheckImportOutcome.Begun => await AcceptedAsync(read, caller, import, cancellationToken),
                CheckImportOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "import_refused", refused.Sentence),
                _ => NoSuchImport(),
            }
            : NoSuchImport();
    }

    private static async Task<Results<Accepted<ApiImport>, ProblemHttpResult>> StartAsync(
        HttpContext http, string id, StartImport start, ReadImport read, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        if (!ApiText.TryId(id, out var import) || await read.RunAsync(caller, import, cancellationToken) is null)
        {
            return NoSuchImport();
        }

        return await start.RunAsync(caller, import, cancellationToken)
            ? await AcceptedAsync(read, caller, import, cancellationToken)
            : ApiProblem.Of(StatusCodes.Status409Conflict, "import_not_startable", "Only an import that was checked or stopped, and whose file is there, can start.");
    }

    private static async Task<Accepted<ApiImport>> AcceptedAsync(ReadImport read, Core.Team.Caller caller, long import, CancellationToken cancellationToken) =>
        TypedResults.Accepted($"{RestApi.Root}/opt-in-imports/{ApiText.Id(import)}", ApiImport.Of((await read.RunAsync(caller, import, cancellationToken))!));

    private static ProblemHttpResult NoSuchImport() => ApiProblem.NotFound("There is no such import, or it is under way.");
}

/// <summary>Body of POST /opt-in-imports/{id}/check. Columns count from zero.</summary>
internal sealed record ImportBody
{
    [Description("Whether the first row names the columns; true when left out.")]
    public bool? HasHeader { get; init; }

    [Description("Column with the phone numbers, from zero.")]
    public int? PhoneColumn { get; init; }

    public int? NameColumn { get; init; }

    [Description("Column with when each person agreed; at holds for rows without.")]
    public int? DateColumn { get; init; }

    [Description("Column with what proves each one; evidence holds for rows without.")]
    public int? EvidenceColumn { get; init; }

    [Description("Column with the number of yours each one is for: its phone number, WhatsApp's id of it, or its name; numberId holds for rows without.")]
    public int? NumberColumn { get; init; }

    [Description("Column with the business name each one saw; business holds for rows without.")]
    public int? BusinessColumn { get; init; }

    [Description("Column with the version or date of the privacy notice; privacyVersion holds for rows without.")]
    public int? PrivacyColumn { get; init; }

    [Description("Column with when each one ends, a date without a time at the end of its day; expiresAt holds for rows without.")]
    public int? ExpiryColumn { get; init; }

    [Description("Country of numbers that are written without their country code, such as DE.")]
    public string? PhoneCountry { get; init; }

    [Description("dayFirst or monthFirst, for dates that do not begin with the year; dayFirst when left out.")]
    public string? Dates { get; init; }

    [Description("IANA time zone of dates without an offset from UTC, such as Europe/Berlin; that of your business hours when left out, else UTC. A time that the clock change skips counts with the offset before it, one that it doubles is the first of the two.")]
    public string? TimeZone { get; init; }

    [Description("marketing, utility, authentication, calls or all.")]
    public string? Purpose { get; init; }

    [Description("How the people agreed: website, smsOrEmail, transaction, inStore, signUpForm, phone, paper or whatsAppMessage.")]
    public string? Origin { get; init; }

    [Description("Lawful basis: consent, softOptIn, contract, legitimateInterest or legalObligation.")]
    public string? Basis { get; init; }

    [Description("Whose law holds, such as DE; that of each phone number's country when left out.")]
    public string? Jurisdiction { get; init; }

    [Description("The business name the people saw.")]
    public string? Business { get; init; }

    [Description("The words the people saw.")]
    public string? Wording { get; init; }

    [Description("Language of the wording, such as en.")]
    public string? WordingLanguage { get; init; }

    [Description("What proves it: where the forms lie.")]
    public string? Evidence { get; init; }

    [Description("When they agreed.")]
    public DateTimeOffset? At { get; init; }

    [Description("The number of yours they agreed to hear from, from GET /numbers; any when left out.")]
    public string? NumberId { get; init; }

    [Description("Version or date of the privacy notice they could read.")]
    public string? PrivacyVersion { get; init; }

    [Description("When it wears out; as the market is set when left out.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    public ImportTerms Terms(List<FieldProblem> problems) => new()
    {
        HasHeader = HasHeader ?? true,
        PhoneColumn = PhoneColumn,
        NameColumn = NameColumn,
        DateColumn = DateColumn,
        EvidenceColumn = EvidenceColumn,
        NumberColumn = NumberColumn,
        BusinessColumn = BusinessColumn,
        PrivacyColumn = PrivacyColumn,
        ExpiryColumn = ExpiryColumn,
        PhoneCountry = PhoneCountry?.Trim().ToUpperInvariant() ?? "",
        Dates = OptInsApi.Word<DateOrder>("dates", Dates ?? "dayFirst", problems),
        TimeZone = TimeZone ?? "",
        Purpose = OptInsApi.Word<ConsentPurpose>("purpose", Purpose, problems),
        Origin = OptInsApi.Word<ConsentSource>("origin", Origin, problems),
        Basis = OptInsApi.Word<LawfulBasis>("basis", Basis, problems),
        Jurisdiction = Jurisdiction ?? "",
        BusinessName = Business ?? "",
        WordingText = Wording ?? "",
        WordingLanguage = WordingLanguage ?? "",
        Evidence = Evidence ?? "",
        AtUtc = At?.UtcDateTime,
        NumberId = OptInsApi.NumberOf(NumberId, problems),
        PrivacyVersion = PrivacyVersion ?? "",
        ExpiresAtUtc = ExpiresAt?.UtcDateTime,
    };
}

internal sealed record ApiImport(
    string Id,
    string FileName,
    [property: Description("uploaded, checking, checked, running, done, stopped or failed.")] string State,
    [property: Description("Why it failed; null when it did not.")] string? Failure,
    [property: Description("Rows of the list; null until all were looked at.")] int? TotalRows,
    [property: Description("Rows that are behind it.")] int Rows,
    [property: Description("People with a new opt-in; of a check, those who would get one.")] int Added,
    [property: Description("Rows that say nothing new.")] int Known,
    [property: Description("Rows that were left out: see left-out.")] int LeftOut,
    DateTime CreatedAt,
    DateTime? FinishedAt)
{
    public static ApiImport Of(ImportView view) => new(
        ApiText.Id(view.Id), view.FileName, ApiText.Word(view.State), view.Failure, view.TotalRows, view.Rows, view.Added, view.Known, view.Refused,
        view.CreatedAtUtc, view.FinishedAtUtc);
}
