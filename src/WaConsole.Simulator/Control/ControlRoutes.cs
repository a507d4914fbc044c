using WaConsole.Simulator.Faults;
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

        control.MapGet("/time", (SimulatedWhatsApp world) => Time(world));
        control.MapPost("/time", AdvanceAsync);
        control.MapGet("/ledger", Ledger);
        control.MapGet("/faults", (SimulatedWhatsApp world) => ControlJson.Ok(new { items = world.Faults.InForce }));
        control.MapPost("/faults", SetFaultAsync);
        control.MapDelete("/faults", ClearFaults);
        control.MapPost("/traffic", TrafficAsync);
        control.MapGet("/webhook", Webhook);
        control.MapPost("/webhook", SetWebhookAsync);
        control.MapPost("/templates/{name}/{language}", TemplateAsync);
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

    private static IResult Ledger(SimulatedWhatsApp world, long? after, string? callbackData) => ControlJson.Ok(new
    {
        items = world.Ledger.Where(entry =>
            entry.Sequence > (after ?? 0) && (callbackData is null || entry.CallbackData == callbackData)),
    });

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

    private static IResult Webhook(SimulatedWhatsApp world) => ControlJson.Ok(new
    {
        url = world.Webhooks.Target,
        pending = world.Webhooks.Pending,
        delivered = world.Webhooks.Delivered,
        refused = world.Webhooks.Refused,
    });

    private static async Task<IResult> SetWebhookAsync(HttpRequest request, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        var body = await ControlJson.ReadAsync<WebhookBody>(request);
        if (body?.Url is null || !Uri.TryCreate(body.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return ControlJson.Refused("Give url as an http or https address.");
        }

        if (!await world.Webhooks.HandshakeAsync(url, world.Options.VerifyToken, cancellationToken))
        {
            return ControlJson.Refused("The address did not answer the verification handshake.", StatusCodes.Status409Conflict);
        }

        world.Webhooks.Target = url;
        return Webhook(world);
    }

    private static async Task<IResult> TemplateAsync(string name, string language, HttpRequest request, SimulatedWhatsApp world)
    {
        var body = await ControlJson.ReadAsync<TemplateBody>(request);
        if (string.IsNullOrWhiteSpace(body?.Status))
        {
            return ControlJson.Refused("Give status, for example APPROVED, PAUSED or REJECTED.");
        }

        return world.ChangeTemplateStatus(name, language, body.Status, body.Reason)
            ? Results.NoContent()
            : ControlJson.NotFound("template");
    }

    private sealed record AdvanceBody(TimeSpan? Advance);

    private sealed record TrafficBody(double CustomersPerMinute);

    private sealed record WebhookBody(string? Url);

    private sealed record TemplateBody(string? Status, string? Reason);
}
