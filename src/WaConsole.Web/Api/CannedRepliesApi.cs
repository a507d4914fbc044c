using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.CannedReplies;

namespace WaConsole.Web.Api;

/// <summary>/canned-replies: those of everybody. A key has none of its own, and sees nobody's.</summary>
internal static class CannedRepliesApi
{
    public static void MapCannedReplies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/canned-replies", async (HttpContext http, ListCannedReplies replies, CancellationToken cancellationToken) => TypedResults.Ok(
                new ApiList<ApiCannedReply>([.. (await replies.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(ApiCannedReply.Of)])))
            .WithName("listCannedReplies").WithTags("Team").WithSummary("Canned replies of everybody, by shortcut").ProducesRefusals(401, 403, 429);
        api.MapPost("/canned-replies", (HttpContext http, SaveCannedReply save, CancellationToken cancellationToken) => SaveAsync(http, null, save, cancellationToken))
            .WithName("createCannedReply").WithTags("Team").WithSummary("Make a canned reply for everybody")
            .WithDescription("For keys of admins. {{first_name}} and the like are filled in when it is used; {{first_name|there}} says what stands for nothing.")
            .Accepts<CannedReplyBody>("application/json").ProducesRefusals(400, 401, 403, 415, 422, 429);
        api.MapPut("/canned-replies/{id}", SaveAsync)
            .WithName("updateCannedReply").WithTags("Team").WithSummary("Change a canned reply of everybody")
            .Accepts<CannedReplyBody>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
        api.MapDelete("/canned-replies/{id}", async Task<Results<NoContent, ProblemHttpResult>> (
                HttpContext http, string id, DeleteCannedReply delete, CancellationToken cancellationToken) =>
                ApiText.TryId(id, out var reply) && await delete.RunAsync(ApiCaller.Of(http), reply, cancellationToken)
                    ? TypedResults.NoContent()
                    : NoSuchReply())
            .WithName("deleteCannedReply").WithTags("Team").WithSummary("Delete a canned reply of everybody").ProducesRefusals(401, 403, 404, 429);
    }

    private static async Task<Results<Ok<ApiWritten>, ProblemHttpResult>> SaveAsync(
        HttpContext http, string? id, SaveCannedReply save, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<CannedReplyBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        long? known = null;
        if (id is not null)
        {
            if (!ApiText.TryId(id, out var parsed))
            {
                return NoSuchReply();
            }

            known = parsed;
        }

        var draft = new CannedReplyDraft(known, body.Shortcut ?? "", body.Text ?? "", IsShared: true);
        return await save.RunAsync(ApiCaller.Of(http), draft, cancellationToken) switch
        {
            SaveCannedReplyOutcome.Saved saved => TypedResults.Ok(new ApiWritten(ApiText.Id(saved.Id))),
            SaveCannedReplyOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "canned_reply_refused", refused.Sentence),
            _ => NoSuchReply(),
        };
    }

    private static ProblemHttpResult NoSuchReply() => ApiProblem.NotFound("There is no such canned reply, or it is not this key's to change.");
}

internal sealed record CannedReplyBody(
    [property: Description("One word of up to 40 characters, typed after the slash.")] string? Shortcut,
    [property: Description("Up to 4,096 characters.")] string? Text);

internal sealed record ApiCannedReply(string Id, string Shortcut, string Text)
{
    public static ApiCannedReply Of(CannedReplyView reply) => new(ApiText.Id(reply.Id), reply.Shortcut, reply.Body);
}
