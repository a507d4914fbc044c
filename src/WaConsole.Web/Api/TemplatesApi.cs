using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Templates.Review;

namespace WaConsole.Web.Api;

/// <summary>/templates: what WhatsApp has. Every key reads those of its numbers' accounts, keys of marketing staff and admins change them.</summary>
internal static class TemplatesApi
{
    private const int DefaultLimit = 50;
    private const string Tag = "Templates";

    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/templates", ListAsync)
            .WithName("listTemplates").WithTags(Tag).WithSummary("Templates, a name with its languages, by name")
            .WithDescription("Pages by cursor: ask again with the same parameters and cursor=next until next is null.")
            .ProducesRefusals(400, 401, 403, 429);
        api.MapGet("/templates/{id}", ReadAsync)
            .WithName("readTemplate").WithTags(Tag).WithSummary("One template in one language: definition, state and what happened to it")
            .ProducesRefusals(401, 403, 404, 429);
        api.MapGet("/templates/{id}/insight", InsightAsync)
            .WithName("readTemplateInsight").WithTags(Tag).WithSummary("What became of a template's messages")
            .WithDescription("By the day they were sent, in UTC. Costs are estimates by the list of their day: WhatsApp says whether a message is charged, and not how much.")
            .ProducesRefusals(400, 401, 403, 404, 429);
        api.MapDelete("/templates/{id}", DeleteAsync)
            .WithName("deleteTemplate").WithTags(Tag).WithSummary("Delete a template at WhatsApp")
            .WithDescription("The name of an approved one rests 30 days, in all languages.").ProducesRefusals(400, 401, 403, 404, 422, 429);
        api.MapPost("/templates/{id}/unpause", (HttpContext http, string id, UnpauseTemplate unpause, CancellationToken cancellationToken) =>
                ChangeAsync(id, template => unpause.RunAsync(ApiCaller.Of(http), template, cancellationToken)))
            .WithName("unpauseTemplate").WithTags(Tag).WithSummary("Ask WhatsApp to take a template off pause").ProducesRefusals(401, 403, 404, 422, 429);
        api.MapPost("/templates/{id}/archive", (HttpContext http, string id, ArchiveTemplates archive, CancellationToken cancellationToken) =>
                ChangeAsync(id, template => archive.RunAsync(ApiCaller.Of(http), [template], archived: true, cancellationToken)))
            .WithName("archiveTemplate").WithTags(Tag).WithSummary("Put a template away at WhatsApp").ProducesRefusals(401, 403, 404, 422, 429);
        api.MapPost("/templates/{id}/unarchive", (HttpContext http, string id, ArchiveTemplates archive, CancellationToken cancellationToken) =>
                ChangeAsync(id, template => archive.RunAsync(ApiCaller.Of(http), [template], archived: false, cancellationToken)))
            .WithName("unarchiveTemplate").WithTags(Tag).WithSummary("Bring an archived template back").ProducesRefusals(401, 403, 404, 422, 429);
        api.MapPost("/templates/{id}/draft", async Task<Results<Ok<ApiDraftSaved>, ProblemHttpResult>> (
                HttpContext http, string id, EditTemplate edit, CancellationToken cancellationToken) => ApiText.TryId(id, out var template)
                ? TemplateDraftsApi.Saved(await edit.RunAsync(ApiCaller.Of(http), template, cancellationToken), "There is no such template, or its definition cannot be read.")
                : NoSuchTemplate())
            .WithName("editTemplate").WithTags(Tag).WithSummary("Open a template for changing: its draft, or a new one")
            .ProducesRefusals(401, 403, 404, 409, 422, 429);
        api.MapPost("/templates/sync", SyncAsync)
            .WithName("syncTemplates").WithTags(Tag).WithSummary("Read all templates of a number's account from WhatsApp again")
            .WithDescription("Answers when they are read. News of WhatsApp come by webhook in any case, and the list is read once a day.")
            .Accepts<SyncBody>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
    }

    public static ProblemHttpResult NoSuchTemplate() => ApiProblem.NotFound("There is no such template, or not for this key.");

    public static ProblemHttpResult Refused(WhatsAppRefusal why)
    {
        var problem = ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "template_refused", why.Sentence);
        if (why.Code is { } code)
        {
            problem.ProblemDetails.Extensions["whatsAppCode"] = code;
        }

        if (why.WhatsAppSays is { } said)
        {
            problem.ProblemDetails.Extensions["whatsAppSays"] = said;
        }

        return problem;
    }

    private static async Task<Results<Ok<ApiPage<ApiTemplateName>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        FindTemplates find,
        ListNumbers numbers,
        [FromQuery, Description("Only templates of this number's account.")] string? numberId,
        [FromQuery, Description("Words in names and texts; each must be there.")] string? search,
        [FromQuery, Description("WhatsApp's word, such as APPROVED.")] string? status,
        [FromQuery, Description("MARKETING, UTILITY or AUTHENTICATION.")] string? category,
        [FromQuery, Description("Such as en_US.")] string? language,
        [FromQuery, Description("GREEN, YELLOW, RED or UNKNOWN.")] string? quality,
        [FromQuery, Description("true: only names with a language nobody used for 90 days.")] bool? unused,
        [FromQuery, Description("Rows of a page, 1 to 100, 50 when left out.")] string? limit,
        [FromQuery, Description("next of the page before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        var rows = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= FindTemplates.MaxLimit))
        {
            return ApiProblem.Invalid("Some parameters are not valid.", new FieldProblem("limit", $"Give a whole number from 1 to {FindTemplates.MaxLimit}."));
        }

        var caller = ApiCaller.Of(http);
        long? account = null;
        if (!string.IsNullOrEmpty(numberId) && (account = await AccountOfAsync(caller, numbers, numberId, cancellationToken)) is null)
        {
            return ApiProblem.Invalid("Some parameters are not valid.", new FieldProblem("numberId", "There is no such number, or not for this key."));
        }

        var found = await find.RunAsync(
            caller, new TemplateQuery(account, status, category, quality, language, search, cursor, rows) { Unused = unused == true }, cancellationToken);
        return TypedResults.Ok(new ApiPage<ApiTemplateName>([.. found.Families.Select(ApiTemplateName.Of)], found.Next));
    }

    public static async Task<long?> AccountOfAsync(Caller caller, ListNumbers numbers, string? numberId, CancellationToken cancellationToken) =>
        ApiText.TryId(numberId, out var id)
            ? (await numbers.RunAsync(caller, cancellationToken)).FirstOrDefault(number => number.Id == id)?.BusinessAccountId
            : null;

    private static async Task<Results<Ok<ApiTemplate>, ProblemHttpResult>> ReadAsync(
        HttpContext http, string id, ReadTemplate read, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var template) && await read.RunAsync(ApiCaller.Of(http), template, cancellationToken) is { } detail
            ? TypedResults.Ok(ApiTemplate.Of(detail))
            : NoSuchTemplate();

    private static async Task<Results<Ok<ApiTemplateInsight>, ProblemHttpResult>> InsightAsync(
        HttpContext http,
        string id,
        ReadTemplateInsight read,
        ReadLinkClicks links,
        [FromQuery, Description("Today and the days before it, 1 to 366, 30 when left out.")] string? days,
        CancellationToken cancellationToken)
    {
        var period = 30;
        if (days is not null && !(int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out period) && period is >= 1 and <= ReadTemplateInsight.MaxDays))
        {
            return ApiProblem.Invalid("Some parameters are not valid.", new FieldProblem("days", $"Give a whole number from 1 to {ReadTemplateInsight.MaxDays}."));
        }

        return ApiText.TryId(id, out var template) && await read.RunAsync(ApiCaller.Of(http), template, period, cancellationToken) is { } insight
            ? TypedResults.Ok(ApiTemplateInsight.Of(insight, await links.RunAsync(ApiCaller.Of(http), template, period, cancellationToken)))
            : NoSuchTemplate();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        HttpContext http,
        string id,
        DeleteTemplate delete,
        [FromQuery, Description("true: the name in all its languages; false when left out.")] bool? allLanguages,
        CancellationToken cancellationToken) =>
        ChangeAsync(id, template => delete.RunAsync(ApiCaller.Of(http), template, allLanguages == true, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(string id, Func<long, Task<ChangeTemplateOutcome>> change) =>
        !ApiText.TryId(id, out var template) ? NoSuchTemplate() : await change(template) switch
        {
            ChangeTemplateOutcome.Done => TypedResults.NoContent(),
            ChangeTemplateOutcome.Refused refused => Refused(refused.Why),
            _ => NoSuchTemplate(),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> SyncAsync(HttpContext http, SyncTemplates sync, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<SyncBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var caller = ApiCaller.Of(http);
        caller.MustManageTemplates();
        return !ApiText.TryId(body.NumberId, out var number)
            ? ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("numberId", "Give an id as a string."))
            : await sync.RunAsync(caller, number, cancellationToken) switch
            {
                SyncTemplatesOutcome.Failed failed => Refused(new WhatsAppRefusal(failed.Code, failed.Sentence, null)),
                SyncTemplatesOutcome.NoSuchNumber => ApiProblem.NotFound("There is no such number, or not for this key."),
                _ => TypedResults.NoContent(),
            };
    }
}

internal sealed record SyncBody([property: Description("Any number of the account.")] string? NumberId);
