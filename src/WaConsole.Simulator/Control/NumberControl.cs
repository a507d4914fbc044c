using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>What happens to a number: its quality, its name, its throughput, what it is for.</summary>
internal static class NumberControl
{
    private static readonly TimeSpan Maintenance = TimeSpan.FromMinutes(1);

    public static async Task<IResult> ChangeAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<NumberBody>(request) is not { } body)
        {
            return ControlJson.Refused("Give the fields to change.");
        }

        var now = world.Clock.GetUtcNow();
        var changed = world.ChangeNumber(id, number => number with
        {
            Quality = body.Quality ?? number.Quality,
            NameStatus = body.NameStatus ?? number.NameStatus,
            NewNameStatus = body.NewNameStatus ?? number.NewNameStatus,
            CodeVerification = body.CodeVerification ?? number.CodeVerification,
            Throughput = body.Throughput ?? number.Throughput,
            MaintenanceUntil = body.Throughput is not null && body.Throughput != number.Throughput ? now + Maintenance : number.MaintenanceUntil,
            OnBusinessApp = body.OnBusinessApp ?? number.OnBusinessApp,
            OfficialAccount = body.OfficialAccount ?? number.OfficialAccount,
            AccountMode = body.AccountMode ?? number.AccountMode,
            SpamLimited = body.SpamLimited ?? number.SpamLimited,
            IdentityCheck = body.IdentityCheck ?? number.IdentityCheck,
            CertificateBroken = body.CertificateBroken ?? number.CertificateBroken,
            TestRecipients = body.TestRecipients is null ? number.TestRecipients : body.TestRecipients.Count == 0 ? null : body.TestRecipients,
            Registered = body.Registered ?? number.Registered,
            OnboardedAt = body.OnBusinessApp == true ? now : number.OnboardedAt,
        });
        return changed ? ControlJson.Ok(world.FindNumber(id)!) : ControlJson.NotFound("number");
    }

    /// <summary>The code a number was sent by SMS or told by voice.</summary>
    public static IResult Code(string id, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return ControlJson.NotFound("number");
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            return desk.Code is { } code ? ControlJson.Ok(new { code }) : ControlJson.NotFound("code; ask for one first");
        }
    }

    public static async Task<IResult> HistoryAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        var body = await ControlJson.ReadAsync(request, new HistoryBody(false));
        return world.FindNumber(id) is null ? ControlJson.NotFound("number")
            : body is null ? ControlJson.Refused("Give declined as true or false.")
            : ControlJson.Ok(new { told = world.TellHistory(id, body.Declined) });
    }

    public static IResult Contacts(string id, bool? removed, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return ControlJson.NotFound("number");
        }

        world.TellContacts(id, removed == true);
        return Results.NoContent();
    }

    private sealed record HistoryBody(bool Declined);

    private sealed record NumberBody(
        string? Quality,
        string? NameStatus,
        string? NewNameStatus,
        string? CodeVerification,
        string? Throughput,
        bool? OnBusinessApp,
        bool? OfficialAccount,
        string? AccountMode,
        bool? SpamLimited,
        bool? IdentityCheck,
        bool? CertificateBroken,
        bool? Registered,
        IReadOnlyList<string>? TestRecipients);
}
