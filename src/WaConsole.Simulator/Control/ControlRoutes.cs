using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Webhooks;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>The control API: what a test or a curious person does to the simulated world. See docs/simulator.md.</summary>
internal static class ControlRoutes
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control");
        control.MapGet("/customers", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = world.Customers }));
        control.MapPost("/customers", CustomerRoutes.MakeAsync);
        control.MapGet("/customers/{id}", CustomerRoutes.Get);
        control.MapPatch("/customers/{id}", CustomerRoutes.ChangeAsync);
        control.MapGet("/customers/{id}/chat", CustomerRoutes.Chat);
        control.MapPost("/customers/{id}/messages", CustomerMessageRoute.PostAsync).DisableAntiforgery();
        control.MapPost("/customers/{id}/taps", CustomerMessageRoute.TapAsync);
        control.MapPost("/customers/{id}/read", CustomerRoutes.Read);
        control.MapPost("/customers/{id}/phone", CustomerRoutes.ChangePhoneAsync);
        control.MapPost("/customers/{id}/marketing", CustomerRoutes.ChooseMarketingAsync);
        control.MapPost("/customers/{id}/identity", CustomerRoutes.ChangeIdentity);
        control.MapPost("/customers/{id}/calls", CustomerRoutes.CallAsync);
        control.MapPost("/customers/{id}/owner", CustomerRoutes.ChangeOwnerAsync);
        control.MapPost("/customers/{id}/echoes", CustomerMessageRoute.EchoAsync).DisableAntiforgery();
        control.MapGet("/messages/{wamid}", MessageRoutes.Get);
        control.MapPost("/messages/{wamid}/status", MessageRoutes.StatusAsync);
        control.MapPost("/messages/{wamid}/play", MessageRoutes.Play);
        control.MapGet("/groups", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = world.Groups }));
        control.MapPost("/groups", CustomerRoutes.MakeGroupAsync);
        control.MapPost("/groups/{id}/join/{customer}", (string id, string customer, SimulatedWhatsApp world) =>
            world.JoinGroup(id, customer) ? Results.NoContent() : ControlJson.Refused("There is no such group or customer, or no room."));
        control.MapPost("/groups/{id}/suspend", (string id, bool? cleared, SimulatedWhatsApp world) =>
            world.SuspendGroup(id, cleared is not true) ? Results.NoContent() : ControlJson.NotFound("group"));

        control.MapGet("/time", (SimulatedWhatsApp world) => Time(world));
        control.MapPost("/time", AdvanceAsync);
        control.MapGet("/ledger", Ledger);
        control.MapGet("/faults", (SimulatedWhatsApp world) => ControlJson.Ok(new
        {
            items = world.Faults.InForce,
            struck = world.Faults.Struck.Select(kind => new { kind = kind.Key, times = kind.Value }),
        }));
        control.MapPost("/faults", SetFaultAsync);
        control.MapDelete("/faults", ClearFaults);
        control.MapPost("/traffic", TrafficAsync);
        control.MapGet("/webhook", WebhookRoutes.Get);
        control.MapPost("/webhook", WebhookRoutes.SetAsync);
        control.MapPost("/webhook/batching", WebhookRoutes.BatchAsync);
        control.MapPost("/webhook/hold", WebhookRoutes.Hold);
        control.MapPost("/webhook/release", WebhookRoutes.ReleaseAsync);
        control.MapGet("/webhooks", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = WebhookExamples.Names }));
        control.MapPost("/webhooks", WebhookRoutes.TellAsync);
        control.MapGet("/account", (SimulatedWhatsApp world) => ControlJson.Ok(new { account = world.Account, reachedToday = world.ReachedToday() }));
        control.MapPatch("/account", AccountControl.ChangeAsync);
        control.MapPost("/account/alerts", AccountControl.AlertAsync);
        control.MapPost("/token", AccountControl.TokenAsync);
        control.MapGet("/templates", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = world.Templates.All }));
        control.MapPost("/templates/{name}/{language}", TemplateControl.ChangeAsync);
        control.MapPost("/templates/{name}/{language}/review", TemplateControl.Review);
        control.MapPost("/held/drop", (SimulatedWhatsApp world) => ControlJson.Ok(new { dropped = world.DropHeld() }));
        control.MapGet("/products", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = world.Catalog.All }));
        control.MapPost("/products", AccountControl.PutProductAsync);
        control.MapGet("/numbers", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = world.Numbers }));
        control.MapPatch("/numbers/{id}", NumberControl.ChangeAsync);
        control.MapGet("/numbers/{id}/code", NumberControl.Code);
        control.MapPost("/numbers/{id}/history", NumberControl.HistoryAsync);
        control.MapPost("/numbers/{id}/contacts", NumberControl.Contacts);
        control.MapPost("/numbers/{id}/deregister", (string id, SimulatedWhatsApp world) =>
            world.Deregister(id) ? Results.NoContent() : ControlJson.NotFound("number"));
        control.MapPost("/reset", (SimulatedWhatsApp world) =>
        {
            world.Reset();
            return Results.NoContent();
        });
    }

    private static IResult Time(SimulatedWhatsApp world) =>
        ControlJson.Ok(new { now = world.Clock.GetUtcNow(), offset = world.Clock.Offset });

    private static async Task<IResult> AdvanceAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<AdvanceBody>(request) is not { Advance: { } by } || by < TimeSpan.Zero || by > TimeSpan.FromDays(400))
        {
            return ControlJson.Refused("Give advance as a duration of up to 400 days, for example PT23H30M.");
        }

        world.Clock.Advance(by);
        return Time(world);
    }

    private static IResult Ledger(SimulatedWhatsApp world, long? after, string? callbackData, int? most)
    {
        var entries = world.LedgerAfter(after ?? 0, most ?? int.MaxValue);
        return ControlJson.Ok(new { items = callbackData is null ? entries : entries.Where(entry => entry.CallbackData == callbackData) });
    }

    private static async Task<IResult> SetFaultAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<Fault>(request) is not { Rate: >= 0 and <= 1, Milliseconds: >= 0 and <= 600_000 } fault
            || !Enum.IsDefined(fault.Kind))
        {
            return ControlJson.Refused("Give kind, and next or a rate of 0 to 1; milliseconds up to 600000.");
        }

        world.Faults.Set(fault);
        return ControlJson.Ok(new { items = world.Faults.InForce });
    }

    private static IResult ClearFaults(SimulatedWhatsApp world, string? kind)
    {
        if (kind is null)
        {
            world.Faults.Clear();
        }
        else if (Enum.TryParse<FaultKind>(kind, ignoreCase: true, out var known))
        {
            world.Faults.Clear(known);
        }
        else
        {
            return ControlJson.NotFound("kind of fault");
        }

        return Results.NoContent();
    }

    private static async Task<IResult> TrafficAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<TrafficBody>(request) is not { CustomersPerMinute: >= 0 and <= 600 } body)
        {
            return ControlJson.Refused("Give customersPerMinute, 0 to 600.");
        }

        if (body.CustomersPerMinute == 0)
        {
            world.Traffic.Stop();
        }
        else
        {
            world.Traffic.Start(body.CustomersPerMinute);
        }

        return ControlJson.Ok(new { world.Traffic.CustomersPerMinute });
    }

    private sealed record AdvanceBody(TimeSpan? Advance);

    private sealed record TrafficBody(double CustomersPerMinute);
}
