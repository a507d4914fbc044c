using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>What a customer does besides writing: fills forms, edits, deletes, calls, lets themselves be called, moves to another device.</summary>
internal static class AnswerRoutes
{
    public static void MapAnswers(this IEndpointRouteBuilder control)
    {
        control.MapPost("/customers/{id}/forms", FillAsync);
        control.MapPost("/customers/{id}/edits", EditAsync);
        control.MapPost("/customers/{id}/deletions", DeleteAsync);
        control.MapPost("/customers/{id}/calls", CallAsync);
        control.MapPost("/customers/{id}/call-permission", PermitAsync);
        control.MapPost("/customers/{id}/device", (string id, SimulatedWhatsApp world) => world.ChangeDevice(id) switch
        {
            CustomerOutcome.Done done => ControlJson.Ok(done.Customer),
            _ => ControlJson.NotFound("customer"),
        });
        control.MapPost("/numbers/{id}/app", UseInAppAsync);
    }

    private static async Task<IResult> FillAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<FormBody>(request) is { MessageId: { } message, Answers: { } answers } body
            ? Answer(world.FillForm(
                id, message, [.. answers.Select(answer => new FormField(answer.Key, answer.Value.ToString()))], body.SavedAddress))
            : ControlJson.Refused("Give messageId, and answers as an object of names and values.");

    private static async Task<IResult> EditAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<EditBody>(request) is { MessageId: { } message, Text: { } text }
            ? Answer(world.Edit(id, message, text))
            : ControlJson.Refused("Give messageId and text.");

    private static async Task<IResult> DeleteAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<EditBody>(request) is { MessageId: { } message }
            ? Answer(world.Delete(id, message))
            : ControlJson.Refused("Give messageId.");

    private static async Task<IResult> CallAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<CallBody>(request) is { Seconds: >= 0 and <= 86_400 } body
            ? Answer(world.Call(id, body.NumberId, body.Seconds, body.Payload))
            : ControlJson.Refused("Give seconds, 0 for a call nobody took.");

    private static async Task<IResult> PermitAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<PermissionBody>(request) is { MessageId: { } message } body
            ? Answer(world.AnswerCallPermission(id, message, body.Accept, body.Permanent))
            : ControlJson.Refused("Give messageId, accept and permanent.");

    private static async Task<IResult> UseInAppAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<AppBody>(request) is not { AlsoInApp: { } alsoInApp } ? ControlJson.Refused("Give alsoInApp.")
            : world.UseInApp(id, alsoInApp) ? Results.NoContent()
            : ControlJson.NotFound("number");

    private static IResult Answer(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Sent sent => ControlJson.Ok(sent.Line),
        WriteOutcome.Refused refused => ControlJson.Refused(refused.Why, StatusCodes.Status409Conflict),
        _ => throw new InvalidOperationException("Unknown outcome."),
    };

    private sealed record FormBody(string? MessageId, IReadOnlyDictionary<string, JsonElement>? Answers, string? SavedAddress);

    private sealed record EditBody(string? MessageId, string? Text);

    private sealed record CallBody(string? NumberId, int Seconds, string? Payload);

    private sealed record PermissionBody(string? MessageId, bool Accept, bool Permanent);

    private sealed record AppBody(bool? AlsoInApp);
}
