using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>One message: what it was on the wire, and statuses nobody planned.</summary>
internal static class MessageRoutes
{
    public static IResult Get(string wamid, SimulatedWhatsApp world) =>
        world.FindLine(Written(wamid)) is { } line ? ControlJson.Ok(line) : ControlJson.NotFound("message");

    /// <summary>Tells a status as it stands, at any time and in any order; the message itself stays as it is.</summary>
    public static async Task<IResult> StatusAsync(string wamid, HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<StatusBody>(request) is not { Status.Length: > 0 } body)
        {
            return ControlJson.Refused("Give status, code for a failed one, and extra members if wanted.");
        }

        var extra = body.Extra is { ValueKind: System.Text.Json.JsonValueKind.Object } given ? JsonObject.Create(given) : null;
        return world.TellStatus(Written(wamid), body.Status, body.Code, body.Ago ?? TimeSpan.Zero, extra)
            ? Results.NoContent()
            : ControlJson.NotFound("message the business sent");
    }

    public static IResult Play(string wamid, SimulatedWhatsApp world) =>
        world.Play(Written(wamid)) ? Results.NoContent() : ControlJson.NotFound("voice note that has arrived");

    // A slash of a message id comes escaped, and a path leaves it so.
    private static string Written(string wamid) => Uri.UnescapeDataString(wamid);

    private sealed record StatusBody(string? Status, int? Code, TimeSpan? Ago, System.Text.Json.JsonElement? Extra);
}
