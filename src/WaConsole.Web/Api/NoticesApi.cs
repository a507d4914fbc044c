using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Api;

/// <summary>POST /notices.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder api) =>
        api.MapPost("/notices", RecordAsync)
            .WithName("recordNotice").WithTags("Messages").WithSummary("Say that another channel told a person already")
            .WithDescription("Within the account's time for repetitions the same template with the same values is then refused for this person with code already_told.")
            .Accepts<NoticeBody>("application/json").ProducesRefusals(400, 401, 403, 413, 415, 422, 429);

    private static async Task<Results<NoContent, ProblemHttpResult>> RecordAsync(HttpContext http, RecordNotice record, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<NoticeBody>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var caller = ApiCaller.Of(http);
        var read = ReadSendBody.Of(new SendBody { Type = "template", Name = body.Template, Language = "en", Parameters = body.Parameters });
        List<FieldProblem> problems = [.. read.Problems.Select(found => found with { Field = found.Field == "name" ? "template" : found.Field })];
        if (string.IsNullOrWhiteSpace(body.To) == string.IsNullOrWhiteSpace(body.UserId))
        {
            problems.Add(new FieldProblem("to", "Give either to (a phone number) or userId."));
        }

        if (!ApiText.TryId(body.NumberId, out var numberId))
        {
            problems.Add(new FieldProblem("numberId", "Give the id of the number that would send it, as a string, from GET /numbers."));
        }

        if (string.IsNullOrWhiteSpace(body.Channel) || body.Channel.Length > OutsideNotice.ChannelLength)
        {
            problems.Add(new FieldProblem("channel", $"Say which channel, in 1 to {OutsideNotice.ChannelLength} characters."));
        }

        if (problems.Count > 0 || read.Content is not ReplyContent.Template template)
        {
            return ApiProblem.Invalid("Some fields are not valid.", problems);
        }

        var notice = new OutsideNotice(
            numberId, Filled(body.To), Filled(body.UserId), template.Name, template.Values, body.Channel!.Trim(), body.At?.UtcDateTime);
        return await record.RunAsync(caller, notice, cancellationToken) switch
        {
            RecordNoticeOutcome.Refused refused => ApiProblem.Refused(refused.Why),
            _ => TypedResults.NoContent(),
        };
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Body of POST /notices.</summary>
internal sealed record NoticeBody
{
    [Description("Phone number with country code, in any usual spelling. Either this or userId.")]
    public string? To { get; init; }

    [Description("Business-scoped user id. Either this or to.")]
    public string? UserId { get; init; }

    [Description("Id of the business number whose account would say the same, from GET /numbers.")]
    public string? NumberId { get; init; }

    [Description("Name of the template that says the same here.")]
    public string? Template { get; init; }

    [Description("Its values, as for POST /messages.")]
    public SendParameters? Parameters { get; init; }

    [Description("What told them, such as e-mail or SMS: shown to whoever tries to say it again.")]
    public string? Channel { get; init; }

    [Description("When; now when left out.")]
    public DateTimeOffset? At { get; init; }
}
