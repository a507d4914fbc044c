using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;

namespace WaConsole.Web.Api;

/// <summary>/labels, and the labels of a conversation or contact.</summary>
internal static class LabelsApi
{
    public static void MapLabels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/labels", async (HttpContext http, ListLabels labels, CancellationToken cancellationToken) => TypedResults.Ok(
                new ApiList<ApiLabel>([.. (await labels.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(ApiLabel.Of)])))
            .WithName("listLabels").WithTags("Labels").WithSummary("All labels, by name").ProducesRefusals(401, 429);
        api.MapPost("/labels", (HttpContext http, SaveLabel save, CancellationToken cancellationToken) => SaveAsync(http, null, save, cancellationToken))
            .WithName("createLabel").WithTags("Labels").WithSummary("Make a label")
            .Accepts<LabelBody>("application/json").ProducesRefusals(400, 401, 403, 415, 422, 429);
        api.MapPut("/labels/{id}", SaveAsync)
            .WithName("updateLabel").WithTags("Labels").WithSummary("Give a label another name or colour")
            .Accepts<LabelBody>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
        api.MapDelete("/labels/{id}", DeleteAsync)
            .WithName("deleteLabel").WithTags("Labels").WithSummary("Delete a label and take it off everything").ProducesRefusals(401, 403, 404, 429);
        api.MapPost("/conversations/{id}/labels", LabelConversationAsync)
            .WithName("labelConversation").WithTags("Labels").WithSummary("Put labels on a conversation and take others off")
            .Accepts<LabelChange>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
        api.MapPost("/contacts/{id}/labels", LabelContactAsync)
            .WithName("labelContact").WithTags("Labels").WithSummary("Put labels on a contact and take others off")
            .Accepts<LabelChange>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
    }

    private static async Task<Results<Ok<ApiLabel>, ProblemHttpResult>> SaveAsync(
        HttpContext http, string? id, SaveLabel save, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<LabelBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        long? known = null;
        if (id is not null)
        {
            if (!ApiText.TryId(id, out var parsed))
            {
                return NoSuchLabel();
            }

            known = parsed;
        }

        if (!Enum.TryParse<LabelColour>(body.Colour ?? nameof(LabelColour.Grey), ignoreCase: true, out var colour) || int.TryParse(body.Colour, out _))
        {
            return ApiProblem.Invalid("Some fields are not valid.", new FieldProblem("colour", $"Use one of {Colours}."));
        }

        return await save.RunAsync(ApiCaller.Of(http), new LabelDraft(known, body.Name ?? "", colour), cancellationToken) switch
        {
            SaveLabelOutcome.Saved saved => TypedResults.Ok(ApiLabel.Of(saved.Label)),
            SaveLabelOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "label_refused", refused.Sentence),
            _ => NoSuchLabel(),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        HttpContext http, string id, DeleteLabel delete, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var label) && await delete.RunAsync(ApiCaller.Of(http), label, cancellationToken)
            ? TypedResults.NoContent()
            : NoSuchLabel();

    private static async Task<Results<NoContent, ProblemHttpResult>> LabelConversationAsync(
        HttpContext http, string id, LabelConversation verb, CancellationToken cancellationToken)
    {
        var (change, problem) = await ChangeAsync(http, cancellationToken);
        if (change is null)
        {
            return problem!;
        }

        if (!ApiText.TryId(id, out var conversation))
        {
            return ApiProblem.NotFound("There is no such conversation.");
        }

        return await verb.RunAsync(ApiCaller.Of(http), conversation, change.Value.Add, change.Value.Remove, cancellationToken) switch
        {
            LabelOutcome.Done => TypedResults.NoContent(),
            LabelOutcome.NoSuchLabel => UnknownLabel(),
            _ => ApiProblem.NotFound("There is no such conversation."),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LabelContactAsync(
        HttpContext http, string id, LabelContact verb, CancellationToken cancellationToken)
    {
        var (change, problem) = await ChangeAsync(http, cancellationToken);
        if (change is null)
        {
            return problem!;
        }

        if (!ApiText.TryId(id, out var contact))
        {
            return ApiProblem.NotFound("There is no such contact.");
        }

        return await verb.RunAsync(ApiCaller.Of(http), contact, change.Value.Add, change.Value.Remove, cancellationToken) switch
        {
            LabelContactOutcome.Done => TypedResults.NoContent(),
            LabelContactOutcome.NoSuchLabel => UnknownLabel(),
            _ => ApiProblem.NotFound("There is no such contact."),
        };
    }

    private static async Task<((IReadOnlyCollection<long> Add, IReadOnlyCollection<long> Remove)? Change, ProblemHttpResult? Problem)> ChangeAsync(
        HttpContext http, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<LabelChange>(http.Request, cancellationToken);
        if (body is null)
        {
            return (null, problem);
        }

        List<FieldProblem> problems = [];
        var change = (Ids("add", body.Add, problems), Ids("remove", body.Remove, problems));
        return problems.Count == 0 ? (change, null) : (null, ApiProblem.Invalid("Some fields are not valid.", problems));
    }

    private static IReadOnlyCollection<long> Ids(string field, IReadOnlyList<string>? texts, List<FieldProblem> problems)
    {
        List<long> ids = [];
        foreach (var text in texts ?? [])
        {
            if (ApiText.TryId(text, out var id))
            {
                ids.Add(id);
            }
            else
            {
                problems.Add(new FieldProblem(field, "Give ids of GET /labels, as strings."));
            }
        }

        return ids;
    }

    private static string Colours => string.Join(", ", Enum.GetValues<LabelColour>().Select(ApiText.Word));

    private static ProblemHttpResult NoSuchLabel() => ApiProblem.NotFound("There is no such label.");

    private static ProblemHttpResult UnknownLabel() =>
        ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "label_not_found", "One of the labels is not there. See GET /labels.");
}

internal sealed record LabelBody(
    [property: Description("Up to 40 characters; no two labels differ only in case or accents.")] string? Name,
    [property: Description("grey, green, blue, amber, red, pink, violet, brown, teal or olive; grey when left out.")] string? Colour);

internal sealed record LabelChange(
    [property: Description("Ids of labels to put on.")] IReadOnlyList<string>? Add,
    [property: Description("Ids of labels to take off.")] IReadOnlyList<string>? Remove);

internal sealed record ApiLabel(string Id, string Name, string Colour)
{
    public static ApiLabel Of(LabelView label) => new(ApiText.Id(label.Id), label.Name, ApiText.Word(label.Colour));
}
