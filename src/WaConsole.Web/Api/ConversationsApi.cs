using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.Api;

/// <summary>GET /conversations and GET /conversations/{id}/messages.</summary>
internal static class ConversationsApi
{
    private const int DefaultLimit = 50;

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations", ListAsync)
            .WithName("listConversations")
            .WithTags("Conversations")
            .WithSummary("Conversations, newest activity first")
            .WithDescription(
                "Pages by cursor: ask again with the same parameters and cursor=next until next is null. What takes longer than the server allows "
                + "is refused with too_slow.")
            .ProducesRefusals(400, 401, 403, 429, 503);
        api.MapGet("/conversations/{id}/messages", ReadAsync)
            .WithName("listMessages")
            .WithTags("Messages")
            .WithSummary("Messages of a conversation, newest first")
            .WithDescription("For older ones ask again with before=next until next is null.")
            .ProducesRefusals(400, 401, 403, 404, 429);
    }

    private static async Task<Results<Ok<ApiPage<ApiConversation>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        ListInbox inbox,
        ListLabels labels,
        [FromQuery, Description("open, pending, snoozed or resolved. Left out: all.")] string? status,
        [FromQuery, Description("Part of a name, username or phone number, or words of a message.")] string? search,
        [FromQuery, Description("Only conversations of this business number.")] string? numberId,
        [FromQuery, Description("Only conversations with this label.")] string? labelId,
        [FromQuery, Description("Only conversations of this agent.")] string? agentId,
        [FromQuery, Description("With search: only messages of this kind, such as text, image or document.")] string? kind,
        [FromQuery, Description("With search: only messages sent at this time or later, such as 2026-11-01T00:00:00Z.")] string? from,
        [FromQuery, Description("With search: only messages sent before this time.")] string? before,
        [FromQuery, Description("Rows of a page, 1 to 100, 50 when left out.")] string? limit,
        [FromQuery, Description("next of the page before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [];
        var rows = Limit(limit, ListInbox.MaxLimit, problems);
        var state = Status(status, problems);
        var number = OptionalId("numberId", numberId, problems);
        var label = OptionalId("labelId", labelId, problems);
        var agent = OptionalId("agentId", agentId, problems);
        var bounds = new SearchBounds(Moment("from", from, problems), Moment("before", before, problems), Kind(kind, problems));
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some parameters are not valid.", problems);
        }

        var query = new InboxQuery(InboxTab.All, state, InboxSort.Newest, search, number, cursor, rows, label, AssigneeId: agent, Bounds: bounds);
        var page = await inbox.RunAsync(ApiCaller.Of(http), query, cancellationToken);
        if (page.Cut == InboxCut.TooSlow)
        {
            return ApiProblem.Of(
                StatusCodes.Status503ServiceUnavailable,
                "too_slow",
                "This took longer than the server allows (Database:ReadLimitSeconds). Narrow it down: more words, a status, a number, a kind, from or before.");
        }

        var known = (await labels.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(one => one.Id).ToHashSet();
        return TypedResults.Ok(new ApiPage<ApiConversation>([.. page.Rows.Select(row => ApiConversation.Of(row, known))], page.Next));
    }

    private static async Task<Results<Ok<ApiPage<ApiMessage>>, ProblemHttpResult>> ReadAsync(
        HttpContext http,
        ReadThread threads,
        [Description("Id of the conversation.")] string id,
        [FromQuery, Description("Rows of a page, 1 to 100, 50 when left out.")] string? limit,
        [FromQuery, Description("Only messages older than the one with this id.")] string? before,
        CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [];
        var rows = Limit(limit, ReadThread.MaxPageSize, problems);
        var older = OptionalId("before", before, problems);
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some parameters are not valid.", problems);
        }

        if (!ApiText.TryId(id, out var conversationId)
            || await threads.RunAsync(ApiCaller.Of(http), conversationId, older, rows, cancellationToken) is not { } page)
        {
            return ApiProblem.NotFound("There is no such conversation.");
        }

        return TypedResults.Ok(new ApiPage<ApiMessage>(
            [.. page.Lines.Reverse().Select(line => ApiMessage.Of(conversationId, line))],
            page.Before is { } next ? ApiText.Id(next) : null));
    }

    private static int Limit(string? text, int max, List<FieldProblem> problems)
    {
        if (text is null)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max)
        {
            return limit;
        }

        problems.Add(new FieldProblem("limit", $"Give a whole number from 1 to {max}."));
        return DefaultLimit;
    }

    private static ConversationStatus? Status(string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (ApiText.Value<ConversationStatus>(text) is { } status)
        {
            return status;
        }

        problems.Add(new FieldProblem("status", "Use open, pending, snoozed or resolved, or leave it out for all."));
        return null;
    }

    private static MessageKind? Kind(string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (InboxView.KindOf(text) is { } kind)
        {
            return kind;
        }

        problems.Add(new FieldProblem("kind", $"Use {string.Join(", ", InboxView.Kinds.Select(InboxView.WordOf))}, or leave it out for all."));
        return null;
    }

    private static DateTime? Moment(string field, string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is > 2000 and < 9999)
        {
            return at.UtcDateTime;
        }

        problems.Add(new FieldProblem(field, "Give a time such as 2026-11-01T00:00:00Z."));
        return null;
    }

    private static long? OptionalId(string field, string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (ApiText.TryId(text, out var id))
        {
            return id;
        }

        problems.Add(new FieldProblem(field, "This is not an id."));
        return null;
    }
}
