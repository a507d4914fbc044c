using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Team;

namespace WaConsole.Web.Api;

/// <summary>GET /messages?wamid=, POST /messages and POST /conversations/{id}/messages.</summary>
internal static class MessagesApi
{
    public const string SendToConversation = "sendToConversation";

    public const string SendToPerson = "sendToPerson";

    /// <summary>A text of 4,096 characters, each escaped, with room for a template's values.</summary>
    private const int MaxBody = 128 * 1024;

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        api.MapGet("/messages", FindAsync)
            .WithName("findMessage")
            .WithTags("Messages")
            .WithSummary("The message with a WhatsApp id")
            .ProducesRefusals(400, 401, 403, 404, 429);
        api.MapPost("/conversations/{id}/messages", SendToConversationAsync)
            .WithName(SendToConversation)
            .WithTags("Messages")
            .WithSummary("Queue a message to a conversation")
            .WithDescription(
                "Answered 202 once the message is stored; sending follows. With an Idempotency-Key header, the same request again gets the same message.")
            .ProducesRefusals(400, 401, 403, 404, 409, 413, 415, 422, 429);
        api.MapPost("/messages", SendToPersonAsync)
            .WithName(SendToPerson)
            .WithTags("Messages")
            .WithSummary("Queue a message to a phone number or user id")
            .WithDescription("Finds or makes the contact and the conversation. Outside the 24-hour window only templates may be sent.")
            .ProducesRefusals(400, 401, 403, 409, 413, 415, 422, 429);
    }

    private static async Task<Results<Ok<ApiMessage>, ProblemHttpResult>> FindAsync(
        HttpContext http,
        ReadThread threads,
        [FromQuery, Description("WhatsApp's id of the message, wamid.…")] string? wamid,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(wamid))
        {
            return ApiProblem.Invalid("Say which message.", new FieldProblem("wamid", "This parameter is needed."));
        }

        var found = wamid.Contains('\0') ? null : await threads.FindByWamidAsync(ApiCaller.Of(http), wamid, cancellationToken);
        return found is { } message
            ? TypedResults.Ok(ApiMessage.Of(message.ConversationId, message.Line))
            : ApiProblem.NotFound("There is no message with this id.");
    }

    private static async Task<Results<Accepted<ApiAccepted>, ProblemHttpResult>> SendToConversationAsync(
        HttpContext http, SendReply send, [Description("Id of the conversation.")] string id, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        var (request, problem) = await ReadAsync(http.Request, caller, cancellationToken);
        if (request is null)
        {
            return problem!;
        }

        if (request.Body.To is not null || request.Body.UserId is not null || request.Body.NumberId is not null)
        {
            return ApiProblem.Invalid("The conversation already says who sends to whom: leave out to, userId and numberId.");
        }

        if (!ApiText.TryId(id, out var conversationId))
        {
            return ApiProblem.NotFound("There is no such conversation.");
        }

        return Answer(await send.RunAsync(
            caller,
            new Reply(
                conversationId, request.Key.ClientKey, request.Content, request.ReplyTo, request.Lane, request.Key.RequestHash),
            cancellationToken));
    }

    private static async Task<Results<Accepted<ApiAccepted>, ProblemHttpResult>> SendToPersonAsync(
        HttpContext http, SendToContact send, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        var (request, problem) = await ReadAsync(http.Request, caller, cancellationToken);
        if (request is null)
        {
            return problem!;
        }

        List<FieldProblem> problems = [];
        if (string.IsNullOrWhiteSpace(request.Body.To) == string.IsNullOrWhiteSpace(request.Body.UserId))
        {
            problems.Add(new FieldProblem("to", "Give either to (a phone number) or userId."));
        }

        if (!ApiText.TryId(request.Body.NumberId, out var numberId))
        {
            problems.Add(new FieldProblem("numberId", "Give the id of the number that sends, as a string, from GET /numbers."));
        }

        if (request.ReplyTo is not null)
        {
            problems.Add(new FieldProblem("replyTo", "To answer a message, send to its conversation."));
        }

        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        return Answer(await send.RunAsync(
            caller,
            new FirstMessage(
                numberId, Filled(request.Body.To), Filled(request.Body.UserId), request.Key.ClientKey, request.Content, request.Lane,
                request.Key.RequestHash),
            cancellationToken));
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static async Task<(SendRequest? Request, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var read = await ReadKeyedBody.RunAsync(request, caller, MaxBody, cancellationToken);
        if (read.Key is not { } key)
        {
            return (null, read.Problem);
        }

        if (ReadSendBody.Parse(read.Body, out var why) is not { } body)
        {
            return (null, ApiProblem.Invalid(why!));
        }

        var wanted = ReadSendBody.Of(body);
        return wanted.Content is { } content
            ? (new SendRequest(body, content, wanted.ReplyTo, wanted.Lane, key), null)
            : (null, ApiProblem.Invalid("Some fields are not valid.", wanted.Problems));
    }

    private static Results<Accepted<ApiAccepted>, ProblemHttpResult> Answer(SendReplyOutcome outcome) => outcome switch
    {
        SendReplyOutcome.Queued queued => TypedResults.Accepted(
            (string?)null, new ApiAccepted(ApiText.Id(queued.MessageId), ApiText.Word(queued.Status))),
        SendReplyOutcome.Refused refused => ApiProblem.Refused(refused.Why),
        SendReplyOutcome.NoSuchConversation => ApiProblem.NotFound("There is no such conversation."),
        SendReplyOutcome.KeyReused => ApiProblem.Of(
            StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
            "This Idempotency-Key was used for another request. Use a new key for a new message."),
        _ => throw new InvalidOperationException("An outcome of sending has no answer."),
    };

    private sealed record SendRequest(SendBody Body, ReplyContent Content, long? ReplyTo, OutboxLane Lane, IdempotencyKey Key);
}
