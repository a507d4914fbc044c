using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;

namespace WaConsole.Web.Api;

/// <summary>What a team does with a conversation: who has it, its status, whether it was read, and private notes.</summary>
internal static class HandlingApi
{
    public const string WriteANote = "writeNote";

    /// <summary>A note of 4,000 characters, each escaped.</summary>
    private const int MaxNote = 32 * 1024;

    public static void MapHandling(this IEndpointRouteBuilder api)
    {
        api.MapGet("/numbers/{id}/agents", AgentsAsync)
            .WithName("listAgents").WithTags("Team").WithSummary("People who can take conversations of a number").ProducesRefusals(401, 403, 404, 429);
        api.MapPut("/conversations/{id}/assignee", AssignAsync)
            .WithName("assignConversation").WithTags("Team").WithSummary("Give a conversation to a person")
            .Accepts<AssigneeBody>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
        api.MapDelete("/conversations/{id}/assignee", UnassignAsync)
            .WithName("unassignConversation").WithTags("Team").WithSummary("Take a conversation from whoever has it").ProducesRefusals(401, 403, 404, 429);
        api.MapPut("/conversations/{id}/status", SetStatusAsync)
            .WithName("setConversationStatus").WithTags("Team").WithSummary("Open, set pending, snooze or resolve a conversation")
            .WithDescription("A snooze without until ends when the customer writes; each ends then.")
            .Accepts<StatusBody>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 429);
        api.MapPost("/conversations/{id}/read", ReadAsync)
            .WithName("markConversationRead").WithTags("Team").WithSummary("Clear the team's unread mark")
            .WithDescription("Whether the customer sees blue ticks follows the settings of the number.").ProducesRefusals(401, 403, 404, 429);
        api.MapPost("/conversations/{id}/unread", UnreadAsync)
            .WithName("markConversationUnread").WithTags("Team").WithSummary("Set the team's unread mark at the customer's last message")
            .ProducesRefusals(401, 403, 404, 429);
        api.MapPost("/conversations/{id}/notes", NoteAsync)
            .WithName(WriteANote).WithTags("Team").WithSummary("Write a private note into a conversation")
            .WithDescription(
                "The customer never gets it. @ and the whole name of a person who can see the number tells that person. Notes are listed among the messages. "
                + "With an Idempotency-Key header, the same request again is the same note.")
            .Accepts<NoteBody>("application/json").ProducesRefusals(400, 401, 403, 404, 413, 415, 422, 429);
    }

    private static async Task<Results<Ok<ApiList<ApiAgent>>, ProblemHttpResult>> AgentsAsync(
        HttpContext http, string id, ListNumbers numbers, ListAssignees people, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        if (!ApiText.TryId(id, out var number) || !(await numbers.RunAsync(caller, cancellationToken)).Any(known => known.Id == number))
        {
            return ApiProblem.NotFound("There is no such number.");
        }

        var found = await people.RunAsync(caller, number, cancellationToken);
        return TypedResults.Ok(new ApiList<ApiAgent>([.. found.Select(person => new ApiAgent(ApiText.Id(person.AgentId), person.Name))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AssignAsync(
        HttpContext http, string id, AssignConversation assign, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<AssigneeBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        return ApiText.TryId(body.AgentId, out var agent)
            ? await GiveAsync(http, id, agent, assign, cancellationToken)
            : ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("agentId", "Give the id of a person of GET /numbers/{id}/agents, as a string."));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> UnassignAsync(
        HttpContext http, string id, AssignConversation assign, CancellationToken cancellationToken) => GiveAsync(http, id, null, assign, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> GiveAsync(
        HttpContext http, string id, long? agent, AssignConversation assign, CancellationToken cancellationToken)
    {
        if (!ApiText.TryId(id, out var conversation))
        {
            return NoSuchConversation();
        }

        return await assign.RunAsync(ApiCaller.Of(http), conversation, agent, cancellationToken) switch
        {
            AssignOutcome.Done => TypedResults.NoContent(),
            AssignOutcome.NotPossible refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "agent_cannot_take", refused.Sentence),
            _ => NoSuchConversation(),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetStatusAsync(
        HttpContext http, string id, ChangeStatus change, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<StatusBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var status = ApiText.Value<ConversationStatus>(body.Status);
        if (status is null || (body.Until is not null && status != ConversationStatus.Snoozed))
        {
            return ApiProblem.Invalid("Some fields are not valid.", status is null
                ? new FieldProblem("status", "Use open, pending, snoozed or resolved.")
                : new FieldProblem("until", "Only a snooze has an end."));
        }

        return ApiText.TryId(id, out var conversation)
            && await change.RunAsync(ApiCaller.Of(http), conversation, status.Value, body.Until?.UtcDateTime, cancellationToken)
                ? TypedResults.NoContent()
                : NoSuchConversation();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReadAsync(
        HttpContext http, string id, MarkConversationRead mark, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var conversation) && await mark.RunAsync(ApiCaller.Of(http), conversation, cancellationToken)
            ? TypedResults.NoContent()
            : NoSuchConversation();

    private static async Task<Results<NoContent, ProblemHttpResult>> UnreadAsync(
        HttpContext http, string id, MarkConversationRead mark, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var conversation) && await mark.MarkUnreadAsync(ApiCaller.Of(http), conversation, cancellationToken)
            ? TypedResults.NoContent()
            : NoSuchConversation();

    private static async Task<Results<Ok<ApiWritten>, ProblemHttpResult>> NoteAsync(
        HttpContext http, string id, WriteNote write, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        var read = await ReadKeyedBody.RunAsync(http.Request, caller, MaxNote, cancellationToken);
        if (read.Key is not { } key)
        {
            return read.Problem!;
        }

        var (body, problem) = ApiJson.Parse<NoteBody>(read.Body);
        if (body is null)
        {
            return problem!;
        }

        if (!ApiText.TryId(id, out var conversation))
        {
            return NoSuchConversation();
        }

        return await write.RunAsync(caller, conversation, key.ClientKey, body.Text ?? "", cancellationToken) switch
        {
            WriteNoteOutcome.Written written => TypedResults.Ok(new ApiWritten(ApiText.Id(written.MessageId))),
            WriteNoteOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "note_refused", refused.Sentence),
            _ => NoSuchConversation(),
        };
    }

    private static ProblemHttpResult NoSuchConversation() => ApiProblem.NotFound("There is no such conversation.");
}

internal sealed record AssigneeBody([property: Description("Id of a person of GET /numbers/{id}/agents.")] string? AgentId);

internal sealed record StatusBody(
    [property: Description("open, pending, snoozed or resolved.")] string? Status,
    [property: Description("Only for a snooze: when it ends at the latest.")] DateTimeOffset? Until);

internal sealed record NoteBody([property: Description("Up to 4,000 characters.")] string? Text);

internal sealed record ApiAgent(string Id, string Name);

internal sealed record ApiWritten(string Id);
