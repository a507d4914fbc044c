using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;

namespace WaConsole.Web.Api;

/// <summary>POST /contacts/{id}/opt-ins and /contacts/{id}/opt-outs, GET /contacts/{id}/opt-out-link.</summary>
internal static class OptInsApi
{
    public static void MapOptIns(this IEndpointRouteBuilder api)
    {
        api.MapPost("/contacts/{id}/opt-ins", OptInAsync)
            .WithName("recordOptIn").WithTags("Opt-ins").WithSummary("Write down that a contact agreed")
            .WithDescription("Marketing counts it only when its proof is complete: a wording that names the business, WhatsApp, how to stop and a privacy link, and evidence.")
            .Accepts<OptInBody>("application/json").ProducesRefusals(400, 401, 403, 404, 413, 415, 422, 429);
        api.MapPost("/contacts/{id}/opt-outs", OptOutAsync)
            .WithName("recordOptOut").WithTags("Opt-ins").WithSummary("Write down that a contact wants no more")
            .WithDescription("Holds at once, also for messages that are queued.")
            .Accepts<OptOutBody>("application/json").ProducesRefusals(400, 401, 403, 404, 413, 415, 422, 429);
        api.MapGet("/contacts/{id}/opt-out-link", LinkAsync)
            .WithName("readOptOutLink").WithTags("Opt-ins").WithSummary("A contact's own opt-out page")
            .WithDescription("For the link button of a template, or an e-mail. The same each time; whoever opens it is asked before anything changes.")
            .ProducesRefusals(401, 403, 404, 429);
    }

    private static async Task<Results<Ok<ApiOptIn>, ProblemHttpResult>> OptInAsync(
        HttpContext http, string id, RecordOptIn record, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<OptInBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        List<FieldProblem> problems = [];
        var purpose = Word<ConsentPurpose>("purpose", body.Purpose, problems);
        var basis = Word<LawfulBasis>("basis", body.Basis, problems);
        var source = body.Source is null ? ConsentSource.Api : SourceOf(body.Source, problems);
        var wording = Named(body, problems);
        var number = NumberOf(body.NumberId, problems);
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        var request = new OptInRequest(purpose, source, basis, body.Jurisdiction ?? "")
        {
            BusinessName = body.Business ?? "",
            WordingText = body.Wording ?? "",
            OwnHost = http.Request.Host.Host,
            WordingLanguage = body.WordingLanguage ?? "",
            Wording = wording,
            PrivacyVersion = body.PrivacyVersion,
            NumberId = number,
            AtUtc = body.At?.UtcDateTime,
            TimeZone = body.At is { } at && at.Offset != TimeSpan.Zero ? at.ToString("zzz", CultureInfo.InvariantCulture) : null,
            ExpiresAtUtc = body.ExpiresAt?.UtcDateTime,
            Evidence = new ConsentEvidence { Note = body.Evidence },
        };
        return ApiText.TryId(id, out var contact)
            ? await record.RunAsync(ApiCaller.Of(http), contact, request, cancellationToken) switch
            {
                RecordOptInOutcome.Recorded recorded => TypedResults.Ok(new ApiOptIn(ApiText.Id(recorded.EntryId), recorded.Complete)),
                RecordOptInOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "opt_in_refused", refused.Sentence),
                _ => NoSuchContact(),
            }
            : NoSuchContact();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> OptOutAsync(
        HttpContext http, string id, RecordOptOut record, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<OptOutBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        List<FieldProblem> problems = [];
        var purpose = Word<ConsentPurpose>("purpose", body.Purpose ?? "marketing", problems);
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        var request = new OptOutRequest(purpose, ConsentSource.Api) { AtUtc = body.At?.UtcDateTime, Evidence = new ConsentEvidence { Note = body.Evidence } };
        return ApiText.TryId(id, out var contact)
            ? await record.RunAsync(ApiCaller.Of(http), contact, request, cancellationToken) switch
            {
                RecordOptOutOutcome.Recorded => TypedResults.NoContent(),
                RecordOptOutOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "opt_out_refused", refused.Sentence),
                _ => NoSuchContact(),
            }
            : NoSuchContact();
    }

    private static async Task<Results<Ok<ApiOptOutLink>, ProblemHttpResult>> LinkAsync(
        HttpContext http, string id, MakeOptOutToken make, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var contact) && await make.RunAsync(ApiCaller.Of(http), contact, cancellationToken) is { } token
            ? TypedResults.Ok(new ApiOptOutLink(token, $"/opt-out/{token}"))
            : NoSuchContact();

    private static WordingReference? Named(OptInBody body, List<FieldProblem> problems)
    {
        if (body.WordingId is null)
        {
            return null;
        }

        if (ApiText.TryId(body.WordingId, out var id))
        {
            return new WordingReference(id, body.WordingVersion);
        }

        problems.Add(new FieldProblem("wordingId", "This is no id."));
        return null;
    }

    /// <summary>What the customer's own phone says in WhatsApp is heard there, and never told by a program.</summary>
    private static readonly ConsentSource[] Sources =
    [
        ConsentSource.Website, ConsentSource.SmsOrEmail, ConsentSource.Transaction, ConsentSource.InStore, ConsentSource.SignUpForm, ConsentSource.Phone,
        ConsentSource.Paper, ConsentSource.Api,
    ];

    private static ConsentSource SourceOf(string word, List<FieldProblem> problems)
    {
        if (Sources.FirstOrDefault(source => source.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)) is var found && found != default)
        {
            return found;
        }

        problems.Add(new FieldProblem("source", $"Use one of {string.Join(", ", Sources.Select(source => Camel(source.ToString())))}."));
        return default;
    }

    internal static long? NumberOf(string? told, List<FieldProblem> problems)
    {
        if (told is null)
        {
            return null;
        }

        if (ApiText.TryId(told, out var id))
        {
            return id;
        }

        problems.Add(new FieldProblem("numberId", "This is no id."));
        return null;
    }

    internal static T Word<T>(string field, string? word, List<FieldProblem> problems)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        if (word is not null && names.Any(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)))
        {
            return Enum.Parse<T>(word, ignoreCase: true);
        }

        problems.Add(new FieldProblem(field, $"Use one of {string.Join(", ", names.Select(Camel))}."));
        return default;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static ProblemHttpResult NoSuchContact() => ApiProblem.NotFound("There is no such contact.");
}

/// <summary>Body of POST /contacts/{id}/opt-ins.</summary>
internal sealed record OptInBody
{
    [Description("marketing, utility, authentication, calls or all.")]
    public string? Purpose { get; init; }

    [Description("Lawful basis: consent, softOptIn, contract, legitimateInterest or legalObligation.")]
    public string? Basis { get; init; }

    [Description("Whose law holds, such as DE or BR.")]
    public string? Jurisdiction { get; init; }

    [Description("The business name the person saw.")]
    public string? Business { get; init; }

    [Description("The words the person saw or heard.")]
    public string? Wording { get; init; }

    [Description("Published words of the console that the person saw, in wordingLanguage; they name the business, so that business and wording are left out.")]
    public string? WordingId { get; init; }

    [Description("Their version; the one in use when left out.")]
    public int? WordingVersion { get; init; }

    [Description("Language of the wording, such as en.")]
    public string? WordingLanguage { get; init; }

    [Description("What proves it: where the form or the paper lies.")]
    public string? Evidence { get; init; }

    [Description("When the person agreed; now when left out. Its offset from UTC is kept.")]
    public DateTimeOffset? At { get; init; }

    [Description("How they agreed: website, smsOrEmail, transaction, inStore, signUpForm, phone, paper or api; api when left out.")]
    public string? Source { get; init; }

    [Description("The number of ours they agreed to hear from, from GET /numbers.")]
    public string? NumberId { get; init; }

    [Description("When it wears out; as the market is set when left out.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("Version or date of the privacy notice they could read; published words bring their own.")]
    public string? PrivacyVersion { get; init; }
}

/// <summary>Body of POST /contacts/{id}/opt-outs.</summary>
internal sealed record OptOutBody
{
    [Description("marketing, utility, authentication, calls or all; marketing when left out.")]
    public string? Purpose { get; init; }

    [Description("How they said so.")]
    public string? Evidence { get; init; }

    [Description("When they said so; now when left out.")]
    public DateTimeOffset? At { get; init; }
}

internal sealed record ApiOptIn(
    string Id, [property: Description("Whether its proof is complete; without it marketing stays refused as opt_in_incomplete.")] bool Complete);

internal sealed record ApiOptOutLink(
    [property: Description("What a template's link button that ends in /opt-out/{{1}} is filled with.")] string Token,
    [property: Description("Path of the page on this server.")] string Path);
