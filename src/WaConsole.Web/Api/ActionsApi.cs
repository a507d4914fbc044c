using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Api;

/// <summary>POST /conversations/actions: one act on several conversations.</summary>
internal static class ActionsApi
{
    public static void MapActions(this IEndpointRouteBuilder api) => api.MapPost("/conversations/actions", ActAsync)
        .WithName("actOnConversations").WithTags("Team").WithSummary("Do one thing to up to 100 conversations")
        .WithDescription("Give exactly one of assign, status, labels and read. What cannot be done to one is done to the others; the answer names both.")
        .Accepts<ActionsBody>("application/json").ProducesRefusals(400, 401, 403, 415, 429);

    private static async Task<Results<Ok<ApiActed>, ProblemHttpResult>> ActAsync(HttpContext http, ActOnMany act, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<ActionsBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        List<FieldProblem> problems = [];
        var ids = Ids("conversationIds", body.ConversationIds, problems);
        if (ids.Count is 0 or > ActOnMany.Most)
        {
            problems.Add(new FieldProblem("conversationIds", $"Give 1 to {ActOnMany.Most} ids."));
        }

        var wish = Act(body, problems);
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        var outcome = await act.RunAsync(ApiCaller.Of(http), ids, wish!, cancellationToken);
        return TypedResults.Ok(new ApiActed(
            [.. outcome.Done.Select(ApiText.Id)], [.. outcome.NotDone.Select(left => new ApiNotActed(ApiText.Id(left.ConversationId), left.Sentence))]));
    }

    private static ManyAct? Act(ActionsBody body, List<FieldProblem> problems)
    {
        object?[] acts = [body.Assign, body.Status, body.Labels, body.Read];
        if (acts.Count(one => one is not null) != 1)
        {
            problems.Add(new FieldProblem("", "Give exactly one of assign, status, labels and read."));
            return null;
        }

        return body switch
        {
            { Assign: { } assign } => new ManyAct.Assign(assign.AgentId is null ? null : Id("assign.agentId", assign.AgentId, problems)),
            { Status: { } status } => StatusAct(status, problems),
            { Labels: { } labels } => new ManyAct.Label(Ids("labels.add", labels.Add, problems), Ids("labels.remove", labels.Remove, problems)),
            { Read: true } => new ManyAct.MarkRead(),
            _ => new ManyAct.MarkUnread(),
        };
    }

    private static ManyAct.SetStatus? StatusAct(StatusBody body, List<FieldProblem> problems)
    {
        if (ApiText.Value<ConversationStatus>(body.Status) is not { } status)
        {
            problems.Add(new FieldProblem("status.status", "Use open, pending, snoozed or resolved."));
            return null;
        }

        if (body.Until is not null && status != ConversationStatus.Snoozed)
        {
            problems.Add(new FieldProblem("status.until", "Only a snooze has an end."));
        }

        return new ManyAct.SetStatus(status, body.Until?.UtcDateTime);
    }

    private static List<long> Ids(string field, IReadOnlyList<string>? given, List<FieldProblem> problems) =>
        [.. (given ?? []).Select(text => Id(field, text, problems)).Distinct()];

    private static long Id(string field, string? text, List<FieldProblem> problems)
    {
        if (!ApiText.TryId(text, out var id) && !problems.Exists(known => known.Field == field))
        {
            problems.Add(new FieldProblem(field, "Ids are digits, as strings."));
        }

        return id;
    }
}

internal sealed record ActionsBody(
    [property: Description("1 to 100.")] IReadOnlyList<string>? ConversationIds,
    [property: Description("Give them to a person; without agentId, take them from whoever has them.")] ActionAssign? Assign,
    StatusBody? Status,
    LabelChange? Labels,
    [property: Description("true clears the team's unread mark, false sets it.")] bool? Read);

internal sealed record ActionAssign([property: Description("Id of a person of GET /numbers/{id}/agents.")] string? AgentId);

internal sealed record ApiActed(IReadOnlyList<string> Done, IReadOnlyList<ApiNotActed> NotDone);

internal sealed record ApiNotActed(string ConversationId, [property: Description("Why.")] string Reason);
