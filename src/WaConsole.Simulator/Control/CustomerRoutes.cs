using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>Making, changing and looking at customers.</summary>
internal static class CustomerRoutes
{
    public static async Task<IResult> MakeAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<NewCustomer>(request) is not { Name: not null } wanted)
        {
            return ControlJson.Refused("Give at least a name.");
        }

        return Answer(world.MakeCustomer(wanted));
    }

    public static IResult Get(string id, SimulatedWhatsApp world) =>
        world.FindCustomer(id) is { } customer ? ControlJson.Ok(customer) : ControlJson.NotFound("customer");

    public static async Task<IResult> ChangeAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindCustomer(id) is null)
        {
            return ControlJson.NotFound("customer");
        }

        return await ControlJson.ReadAsync<CustomerChange>(request) is { } change
            ? Answer(world.ChangeCustomer(id, change))
            : ControlJson.Refused("Give the fields to change.");
    }

    public static IResult Chat(string id, string? numberId, SimulatedWhatsApp world) =>
        world.FindChat(id, numberId) is { } chat
            ? ControlJson.Ok(new { customer = chat.Customer, number = chat.Number, chat.WindowClosesAt, chat.TypingUntil, items = chat.Lines })
            : ControlJson.NotFound("customer or number");

    public static IResult Read(string id, string? numberId, SimulatedWhatsApp world)
    {
        if (world.FindCustomer(id) is null)
        {
            return ControlJson.NotFound("customer");
        }

        world.Read(id, numberId);
        return Results.NoContent();
    }

    public static async Task<IResult> ChangePhoneAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<PhoneBody>(request) is { Phone: { } phone }
            ? Answer(world.ChangePhone(id, phone))
            : ControlJson.Refused("Give the new phone.");

    public static async Task<IResult> ChooseMarketingAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<MarketingBody>(request) is { Value: "stop" or "resume" } body
            ? Answer(world.ChooseMarketing(id, body.Value == "stop", body.NumberId))
            : ControlJson.Refused("Give value as stop or resume.");

    private static IResult Answer(CustomerOutcome outcome) => outcome switch
    {
        CustomerOutcome.Done done => ControlJson.Ok(done.Customer),
        CustomerOutcome.Refused refused => ControlJson.Refused(refused.Why),
        _ => throw new InvalidOperationException("Unknown outcome."),
    };

    private sealed record PhoneBody(string? Phone);

    private sealed record MarketingBody(string? Value, string? NumberId);
}
