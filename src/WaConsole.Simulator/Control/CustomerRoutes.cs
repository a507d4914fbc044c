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
        await ControlJson.ReadAsync<PhoneBody>(request) is { Phone: { } phone } body
            ? Answer(world.ChangePhone(id, phone, body.AsField))
            : ControlJson.Refused("Give the new phone.");

    public static async Task<IResult> ChooseMarketingAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<MarketingBody>(request) is { Value: "stop" or "resume" or "signup" } body
            ? Answer(world.ChooseMarketing(id, body.Value == "stop", body.NumberId, body.Value == "signup" ? body.SignupId ?? "790000000000001" : null))
            : ControlJson.Refused("Give value as stop, resume or signup.");

    public static IResult ChangeIdentity(string id, SimulatedWhatsApp world) => Answer(world.ChangeIdentity(id));

    public static async Task<IResult> CallAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<SimulatedCall>(request) is not { Seconds: null or >= 0 and <= 86_400 } call
            ? ControlJson.Refused("Give seconds for an answered call; fromBusiness, numberId and payload if wanted.")
            : world.Call(id, call) is { } callId ? ControlJson.Ok(new { id = callId })
            : ControlJson.NotFound("customer or number");

    /// <summary>Another app answers this chat from now on; without a role the chat is ours again.</summary>
    public static async Task<IResult> ChangeOwnerAsync(string id, HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<OwnerBody>(request) is not { } body ? ControlJson.Refused("Give role, or null to give the chat back.")
            : world.ChangeOwner(id, body.Role, body.NumberId, body.Metadata) ? Results.NoContent()
            : ControlJson.NotFound("customer or number");

    public static async Task<IResult> MakeGroupAsync(HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<GroupBody>(request) is { Subject: { Length: > 0 } subject, Members: { } members } body
            && world.MakeGroup(subject, members, body.NumberId) is { } group
            ? ControlJson.Ok(group)
            : ControlJson.Refused("Give subject, and members as the ids of one to eight customers.");

    private static IResult Answer(CustomerOutcome outcome) => outcome switch
    {
        CustomerOutcome.Done done => ControlJson.Ok(done.Customer),
        CustomerOutcome.Refused refused => ControlJson.Refused(refused.Why),
        _ => throw new InvalidOperationException("Unknown outcome."),
    };

    private sealed record PhoneBody(string? Phone, bool AsField);

    private sealed record MarketingBody(string? Value, string? NumberId, string? SignupId);

    private sealed record OwnerBody(string? Role, string? NumberId, string? Metadata);

    private sealed record GroupBody(string? Subject, IReadOnlyList<string>? Members, string? NumberId);
}
