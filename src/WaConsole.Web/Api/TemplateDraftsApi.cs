using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Numbers;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Web.Api;

/// <summary>/template-drafts: composing by program, by the rules of the form. For keys of marketing staff and admins.</summary>
internal static class TemplateDraftsApi
{
    private const string Tag = "Templates";

    public static void MapTemplateDrafts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/template-drafts", async (HttpContext http, ListTemplateDrafts drafts, CancellationToken cancellationToken) => TypedResults.Ok(
                new ApiList<ApiDraftRow>([.. (await drafts.RunAsync(ApiCaller.Of(http), null, cancellationToken)).Select(ApiDraftRow.Of)])))
            .WithName("listTemplateDrafts").WithTags(Tag).WithSummary("Drafts of templates, latest change first").ProducesRefusals(401, 403, 429);
        api.MapPost("/template-drafts", CreateAsync)
            .WithName("createTemplateDraft").WithTags(Tag).WithSummary("Begin a template")
            .WithDescription("Components are WhatsApp's own. A draft may break any rule; its findings say which.")
            .Accepts<DraftBody>("application/json").ProducesRefusals(400, 401, 403, 404, 409, 415, 422, 429);
        api.MapPost("/template-drafts/check", CheckAsync)
            .WithName("checkTemplate").WithTags(Tag).WithSummary("What WhatsApp would say about a template, without keeping it")
            .Accepts<DraftBody>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 429);
        api.MapGet("/template-drafts/{id}", async Task<Results<Ok<ApiDraft>, ProblemHttpResult>> (
                HttpContext http, string id, ReadTemplateDraft read, CancellationToken cancellationToken) =>
                ApiText.TryId(id, out var draft) && await read.RunAsync(ApiCaller.Of(http), draft, cancellationToken) is { } found
                    ? TypedResults.Ok(ApiDraft.Of(found))
                    : NoSuchDraft())
            .WithName("readTemplateDraft").WithTags(Tag).WithSummary("A draft with its findings and versions").ProducesRefusals(401, 403, 404, 429);
        api.MapPut("/template-drafts/{id}", UpdateAsync)
            .WithName("updateTemplateDraft").WithTags(Tag).WithSummary("Save a draft's next version")
            .WithDescription("version is the one that was read: whoever saved meanwhile is not written over.")
            .Accepts<DraftBody>("application/json").ProducesRefusals(400, 401, 403, 404, 409, 415, 422, 429);
        api.MapDelete("/template-drafts/{id}", async Task<Results<NoContent, ProblemHttpResult>> (
                HttpContext http, string id, DeleteTemplateDraft delete, CancellationToken cancellationToken) =>
                ApiText.TryId(id, out var draft) && await delete.RunAsync(ApiCaller.Of(http), draft, cancellationToken)
                    ? TypedResults.NoContent()
                    : NoSuchDraft())
            .WithName("deleteTemplateDraft").WithTags(Tag).WithSummary("Delete a draft; what was submitted stays").ProducesRefusals(401, 403, 404, 429);
        api.MapGet("/template-drafts/{id}/versions/{version}", async Task<Results<Ok<ApiComposed>, ProblemHttpResult>> (
                HttpContext http, string id, string version, ReadTemplateDraft read, CancellationToken cancellationToken) =>
                ApiText.TryId(id, out var draft) && ApiText.TryId(version, out var number) && number <= int.MaxValue
                && await read.VersionAsync(ApiCaller.Of(http), draft, (int)number, cancellationToken) is { } content
                    ? TypedResults.Ok(ApiComposed.Of(content))
                    : NoSuchDraft())
            .WithName("readTemplateDraftVersion").WithTags(Tag).WithSummary("An earlier version of a draft").ProducesRefusals(401, 403, 404, 429);
        api.MapPost("/template-drafts/{id}/submit", SubmitAsync)
            .WithName("submitTemplate").WithTags(Tag).WithSummary("Hand a draft in to WhatsApp for review")
            .WithDescription("Creates the template, or changes the one the draft is of. Refused with template_rules and the findings while a rule of severity error is broken.")
            .Accepts<SubmitBody>("application/json").ProducesRefusals(400, 401, 403, 404, 409, 415, 422, 429);
    }

    public static Results<Ok<ApiDraftSaved>, ProblemHttpResult> Saved(SaveTemplateDraftOutcome outcome, string missing) => outcome switch
    {
        SaveTemplateDraftOutcome.Saved saved => TypedResults.Ok(new ApiDraftSaved(ApiText.Id(saved.Id), saved.Version)),
        SaveTemplateDraftOutcome.Conflict conflict => Conflict(conflict.Version),
        SaveTemplateDraftOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "draft_refused", refused.Sentence),
        _ => ApiProblem.NotFound(missing),
    };

    private static ProblemHttpResult NoSuchDraft() => ApiProblem.NotFound("There is no such draft, or not for this key.");

    private static ProblemHttpResult Conflict(int version) => ApiProblem.Of(
        StatusCodes.Status409Conflict, "draft_changed", $"Somebody saved version {version} meanwhile. Read the draft again.");

    private static async Task<Results<Ok<ApiDraftSaved>, ProblemHttpResult>> CreateAsync(
        HttpContext http, SaveTemplateDraft save, ListNumbers numbers, CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var caller = ApiCaller.Of(http);
        return await TemplatesApi.AccountOfAsync(caller, numbers, body.NumberId, cancellationToken) is { } account
            ? Saved(await save.RunAsync(caller, new TemplateDraftToSave(null, account, 0, body.Composed!), cancellationToken), "There is no such number, or not for this key.")
            : ApiProblem.NotFound("There is no such number, or not for this key.");
    }

    private static async Task<Results<Ok<ApiDraftSaved>, ProblemHttpResult>> UpdateAsync(
        HttpContext http, string id, SaveTemplateDraft save, ReadTemplateDraft read, CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var caller = ApiCaller.Of(http);
        if (!ApiText.TryId(id, out var draft) || await read.RunAsync(caller, draft, cancellationToken) is not { } known)
        {
            return NoSuchDraft();
        }

        if (body.Version is not { } version)
        {
            return ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("version", "Give the version that was read."));
        }

        var wanted = new TemplateDraftToSave(draft, known.BusinessAccountId, version, body.Composed!, known.TemplateId);
        return Saved(await save.RunAsync(caller, wanted, cancellationToken), "There is no such draft, or not for this key.");
    }

    private static async Task<Results<Ok<ApiList<ApiFinding>>, ProblemHttpResult>> CheckAsync(
        HttpContext http, CheckTemplateDraft check, ListNumbers numbers, CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var caller = ApiCaller.Of(http);
        return await TemplatesApi.AccountOfAsync(caller, numbers, body.NumberId, cancellationToken) is { } account
            && await check.RunAsync(caller, account, null, body.Composed!, cancellationToken) is { } findings
                ? TypedResults.Ok(new ApiList<ApiFinding>([.. findings.Select(ApiFinding.Of)]))
                : ApiProblem.NotFound("There is no such number, or not for this key.");
    }

    private static async Task<Results<Ok<ApiSubmitted>, ProblemHttpResult>> SubmitAsync(
        HttpContext http, string id, SubmitTemplate submit, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<SubmitBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (body.Version is not { } version)
        {
            return ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("version", "Give the version that was read."));
        }

        if (!ApiText.TryId(id, out var draft))
        {
            return NoSuchDraft();
        }

        // What was begun at WhatsApp is finished, whoever hung up.
        return await submit.RunAsync(ApiCaller.Of(http), draft, version, progress: null, CancellationToken.None) switch
        {
            SubmitTemplateOutcome.Submitted done => TypedResults.Ok(new ApiSubmitted(ApiText.Id(done.TemplateId), done.Status, done.Category)),
            SubmitTemplateOutcome.Broken broken => ApiProblem.Of(
                StatusCodes.Status422UnprocessableEntity, "template_rules", "WhatsApp would refuse this template.",
                [.. broken.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => new FieldProblem(finding.Field, finding.Sentence))]),
            SubmitTemplateOutcome.Refused refused => TemplatesApi.Refused(refused.Why),
            SubmitTemplateOutcome.Conflict conflict => Conflict(conflict.Version),
            SubmitTemplateOutcome.AlreadySubmitted => ApiProblem.Of(
                StatusCodes.Status409Conflict, "already_submitted", "This version was submitted, or is being submitted."),
            _ => NoSuchDraft(),
        };
    }

    /// <summary>The body with its template read.</summary>
    private static async Task<(DraftBody? Body, ProblemHttpResult? Problem)> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<DraftBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return (null, problem);
        }

        List<FieldProblem> problems = [];
        if (body.ParameterFormat is not (null or "" or "NAMED" or "POSITIONAL"))
        {
            problems.Add(new FieldProblem("parameterFormat", "Use NAMED or POSITIONAL, or leave it out for POSITIONAL."));
        }

        if (body.Components is not { ValueKind: JsonValueKind.Array } components)
        {
            problems.Add(new FieldProblem("components", "Give WhatsApp's array of components."));
            return (null, ApiProblem.Invalid("Some fields are not valid.", problems));
        }

        List<long?> media = [];
        foreach (var id in body.Media ?? [])
        {
            if (id is null || ApiText.TryId(id, out _))
            {
                media.Add(id is not null && ApiText.TryId(id, out var file) ? file : null);
            }
            else
            {
                problems.Add(new FieldProblem($"media[{media.Count}]", "Give ids as strings, or null."));
                media.Add(null);
            }
        }

        var content = ReadComponents.Run(
            body.Name ?? "", body.Language ?? "", body.Category ?? "", body.ParameterFormat == "NAMED", components.GetRawText()) with
        {
            TtlSeconds = body.TtlSeconds,
            SubCategory = body.SubCategory,
            OptedOutOfLinkTracking = body.OptedOutOfLinkTracking == true,
        };
        if (content.Buttons.Any(button => button is ComposedButton.OrderDetails))
        {
            content = content with { DisplayFormat = ComposedTemplate.OrderDetailsFormat };
        }

        if (media.Count > PreviewDraft.MediaOf(content).Count)
        {
            problems.Add(new FieldProblem("media", "There are more files than headers that show one."));
        }

        return problems.Count > 0
            ? (null, ApiProblem.Invalid("Some fields are not valid.", problems))
            : (body with { Composed = PreviewDraft.WithMedia(content, (file, at) => at < media.Count && media[at] is { } id ? file with { MediaFileId = id } : file) }, null);
    }
}

internal sealed record DraftBody(
    [property: Description("Any number of the account it is for. Not needed with PUT.")] string? NumberId,
    [property: Description("With PUT: the version that was read.")] int? Version,
    [property: Description("Small letters, digits and underscores.")] string? Name,
    [property: Description("Such as en_US.")] string? Language,
    [property: Description("MARKETING, UTILITY or AUTHENTICATION.")] string? Category,
    [property: Description("NAMED or POSITIONAL; POSITIONAL when left out.")] string? ParameterFormat,
    [property: Description("How long delivery is tried; WhatsApp's default when left out.")] int? TtlSeconds,
    string? SubCategory,
    [property: Description("WhatsApp's own array of components, with an example for each variable.")] JsonElement? Components,
    [property: Description("Example files of headers, the message's own first, then those of the cards: ids of POST /media, null where there is none.")]
    IReadOnlyList<string?>? Media)
{
    [Description("True: WhatsApp does not count how often its links are opened.")]
    public bool? OptedOutOfLinkTracking { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public ComposedTemplate? Composed { get; init; }
}

internal sealed record SubmitBody([property: Description("The version that was looked at.")] int? Version);
