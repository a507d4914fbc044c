using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.Api;

/// <summary>/views: the inbox's saved views of everybody.</summary>
internal static class ViewsApi
{
    public static void MapViews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/views", async (HttpContext http, ListViews views, CancellationToken cancellationToken) => TypedResults.Ok(
                new ApiList<ApiView>([.. (await views.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(ApiView.Of)])))
            .WithName("listViews").WithTags("Team").WithSummary("Saved views of everybody, by name").ProducesRefusals(401, 403, 429);
        api.MapPost("/views", SaveAsync)
            .WithName("saveView").WithTags("Team").WithSummary("Save a view for everybody; the same name again holds the new view")
            .WithDescription("For keys of admins.")
            .Accepts<ViewBody>("application/json").ProducesRefusals(400, 401, 403, 415, 422, 429);
        api.MapDelete("/views/{id}", async Task<Results<NoContent, ProblemHttpResult>> (
                HttpContext http, string id, DeleteView delete, CancellationToken cancellationToken) =>
                ApiText.TryId(id, out var view) && await delete.RunAsync(ApiCaller.Of(http), view, cancellationToken)
                    ? TypedResults.NoContent()
                    : ApiProblem.NotFound("There is no such view, or it is not this key's to delete."))
            .WithName("deleteView").WithTags("Team").WithSummary("Delete a view of everybody").ProducesRefusals(401, 403, 404, 429);
    }

    private static async Task<Results<Ok<ApiWritten>, ProblemHttpResult>> SaveAsync(
        HttpContext http, SaveView save, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<ViewBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        // Read and written anew: what is kept is an address the inbox itself would have made.
        var view = InboxView.Read(new InboxAddress(
            body.Tab, body.Status, body.Sort, body.NumberId, body.Search, body.LabelId, body.AgentId, body.Kind, body.From, body.To));
        List<FieldProblem> problems = [];
        Check("tab", body.Tab, view.Tab.ToString().ToLowerInvariant());
        Check("status", body.Status, view.StatusWord);
        Check("sort", body.Sort, view.SortWord);
        Check("numberId", body.NumberId, view.NumberId is { } number ? ApiText.Id(number) : null);
        Check("labelId", body.LabelId, view.LabelId is { } label ? ApiText.Id(label) : null);
        Check("agentId", body.AgentId, view.AgentId is { } agent ? ApiText.Id(agent) : null);
        Check("kind", body.Kind, view.Kind is { } kind ? InboxView.WordOf(kind) : null);
        Check("from", body.From, view.From is { } from ? InboxView.DayWord(from) : null);
        Check("to", body.To, view.To is { } to ? InboxView.DayWord(to) : null);
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        return await save.RunAsync(ApiCaller.Of(http), body.Name ?? "", view.Write(), isShared: true, cancellationToken) switch
        {
            SaveViewOutcome.Saved saved => TypedResults.Ok(new ApiWritten(ApiText.Id(saved.Id))),
            SaveViewOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "view_refused", refused.Sentence),
            _ => throw new InvalidOperationException("An outcome of saving a view has no answer."),
        };

        void Check(string field, string? given, string? understood)
        {
            if (!string.IsNullOrEmpty(given) && given != understood)
            {
                problems.Add(new FieldProblem(field, "This is not one of the inbox's filters."));
            }
        }
    }
}

internal sealed record ViewBody(
    [property: Description("Up to 40 characters.")] string? Name,
    [property: Description("mine, unassigned or all; all when left out.")] string? Tab,
    [property: Description("open, pending, snoozed, resolved or all; open when left out.")] string? Status,
    [property: Description("newest, waiting, closing, unread, or only windows that are open, soon (to close) or closed; newest when left out.")] string? Sort,
    string? NumberId,
    string? LabelId,
    string? Search,
    [property: Description("Only conversations of this agent.")] string? AgentId = null,
    [property: Description("Of a search: only messages of this kind, such as text, image or document.")] string? Kind = null,
    [property: Description("Of a search: sent on this day or later, such as 2026-11-01.")] string? From = null,
    [property: Description("Of a search: sent on this day or earlier.")] string? To = null);

internal sealed record ApiView(
    string Id,
    string Name,
    [property: Description("The query part of the inbox's address: /inbox and this opens it.")] string Query)
{
    public static ApiView Of(SavedViewItem view) => new(ApiText.Id(view.Id), view.Name, view.Query);
}
