using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;

namespace WaConsole.Web.Api;

/// <summary>POST /messages/bulk.</summary>
internal static class BulkApi
{
    public const string SendInBulk = "sendInBulk";

    private const int MaxBody = 2 * 1024 * 1024;

    public static void MapBulk(this IEndpointRouteBuilder api) => api.MapPost("/messages/bulk", SendAsync)
        .WithName(SendInBulk)
        .WithTags("Messages")
        .WithSummary("Queue up to 1,000 messages to phone numbers or user ids")
        .WithDescription(
            "Each message is queued or refused for itself; the answer lists what became of each, in their order. They have the priority bulk. "
            + "With an Idempotency-Key header, the same request again goes on where it stopped and queues nothing twice.")
        .ProducesRefusals(400, 401, 403, 413, 415, 429);

    private static async Task<Results<Accepted<ApiBulk>, ProblemHttpResult>> SendAsync(
        HttpContext http, SendToMany send, CancellationToken cancellationToken)
    {
        var caller = ApiCaller.Of(http);
        var read = await ReadKeyedBody.RunAsync(http.Request, caller, MaxBody, cancellationToken);
        if (read.Key is not { } key)
        {
            return read.Problem!;
        }

        if (ReadSendBody.ParseBulk(read.Body, out var why) is not { } body)
        {
            return ApiProblem.Invalid(why!);
        }

        if (!ApiText.TryId(body.NumberId, out var numberId))
        {
            return ApiProblem.Invalid(
                "Some fields are not valid.",
                new FieldProblem("numberId", "Give the id of the number that sends, as a string, from GET /numbers."));
        }

        if (body.Messages is not { Count: > 0 and <= SendToMany.AtMost } messages)
        {
            return ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("messages", $"Give 1 to {SendToMany.AtMost:N0} messages."));
        }

        var items = new ApiBulkItem?[messages.Count];
        List<int> places = [];
        List<BulkMessage> wanted = [];
        for (var index = 0; index < messages.Count; index++)
        {
            if (MessageOf(messages[index], key, index, out var problem) is { } message)
            {
                places.Add(index);
                wanted.Add(message);
            }
            else
            {
                items[index] = problem;
            }
        }

        var outcomes = await send.RunAsync(caller, numberId, OutboxLane.Broadcast, wanted, cancellationToken);
        foreach (var (index, outcome) in places.Zip(outcomes))
        {
            items[index] = ItemOf(outcome);
        }

        return TypedResults.Accepted((string?)null, new ApiBulk([.. items.Select(item => item!)]));
    }

    private static BulkMessage? MessageOf(SendBody? body, IdempotencyKey key, int index, out ApiBulkItem? problem)
    {
        problem = null;
        if (body is null or { NumberId: not null } or { ReplyTo: not null } or { Priority: not null })
        {
            problem = Invalid("Give an object without numberId, replyTo and priority.");
            return null;
        }

        var read = ReadSendBody.Of(body);
        if (read.Content is not { } content)
        {
            problem = Invalid(string.Join(' ', read.Problems.Select(field => $"{field.Field}: {field.Message}")));
            return null;
        }

        return new BulkMessage(body.To, body.UserId, key.ClientKeyOf(index), content, key.RequestHash);
    }

    private static ApiBulkItem Invalid(string detail) => new(null, null, "invalid_request", detail);

    private static ApiBulkItem ItemOf(SendReplyOutcome outcome) => outcome switch
    {
        SendReplyOutcome.Queued queued => new ApiBulkItem(ApiText.Id(queued.MessageId), ApiText.Word(queued.Status), null, null),
        SendReplyOutcome.Refused refused => new ApiBulkItem(null, null, refused.Why.Code, refused.Why.Words),
        SendReplyOutcome.KeyReused => new ApiBulkItem(
            null, null, "idempotency_key_reused", "This Idempotency-Key was used for another request. Use a new key for new messages."),
        _ => throw new InvalidOperationException("An outcome of sending has no answer."),
    };
}

internal sealed record ApiBulk(IReadOnlyList<ApiBulkItem> Items);

internal sealed record ApiBulkItem(
    [property: Description("Id of the message."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: Description("queued, or where it has got to when the same Idempotency-Key had been sent before."),
        JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status,
    [property: Description("Instead of id and status: why it was refused, as a word."),
        JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    [property: Description("Why it was refused, as a sentence."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);
