using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Webhooks;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>Where webhooks go, how they share bodies, and any webhook on demand.</summary>
internal static class WebhookRoutes
{
    public static IResult Get(SimulatedWhatsApp world) => ControlJson.Ok(new
    {
        url = world.Webhooks.Target,
        pending = world.Webhooks.Pending,
        delivered = world.Webhooks.Delivered,
        refused = world.Webhooks.Refused,
        lost = world.Webhooks.Lost,
        bodies = world.Webhooks.Bodies,
        holding = world.Webhooks.Holding,
        batching = world.Webhooks.Batching,
    });

    public static async Task<IResult> SetAsync(HttpRequest request, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        var body = await ControlJson.ReadAsync<AddressBody>(request);
        if (body?.Url is null || !Uri.TryCreate(body.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return ControlJson.Refused("Give url as an http or https address.");
        }

        if (!await world.Webhooks.HandshakeAsync(url, world.Options.VerifyToken, cancellationToken))
        {
            return ControlJson.Refused("The address did not answer the verification handshake.", StatusCodes.Status409Conflict);
        }

        world.Webhooks.Target = url;
        return Get(world);
    }

    public static async Task<IResult> BatchAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<WebhookBatching>(request) is not { Most: >= 1 and <= WebhookBody.MostItems } batching
            || batching.Wait < TimeSpan.Zero || batching.Wait > TimeSpan.FromMinutes(1) || !Enum.IsDefined(batching.Shape))
        {
            return ControlJson.Refused("Give most (1 to 1000), wait as a duration of a minute at most, and shape: items, changes or entries.");
        }

        world.Webhooks.Batching = batching;
        return Get(world);
    }

    public static IResult Hold(SimulatedWhatsApp world)
    {
        world.Webhooks.Hold();
        return Results.NoContent();
    }

    /// <summary>Lets held webhooks go; <c>together</c> puts that many into a body, whoever they are about.</summary>
    public static async Task<IResult> ReleaseAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        var body = await ControlJson.ReadAsync(request, new ReleaseBody(0));
        if (body is not { Together: >= 0 and <= WebhookBody.MostItems })
        {
            return ControlJson.Refused("Give together as 0 to 1000.");
        }

        world.Webhooks.Release(body.Together);
        return Results.NoContent();
    }

    /// <summary>A webhook of any field: an example by its name, or a value as it stands.</summary>
    public static async Task<IResult> TellAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        var body = await ControlJson.ReadAsync<TellBody>(request);
        if (body is { Example: { } name })
        {
            return WebhookExamples.Tell(name, world, body.CustomerId, body.NumberId)
                ? Results.NoContent()
                : ControlJson.NotFound("example, or no such customer or number; GET /control/webhooks lists the names");
        }

        if (body is not { Field.Length: > 0, Value.ValueKind: JsonValueKind.Object } || body.Field.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_')
            || body.EntryId is { } entry && !entry.All(char.IsAsciiDigit))
        {
            return ControlJson.Refused("Give example, or field and value as an object; entryId in digits if wanted.");
        }

        world.Tell(body.Field, JsonObject.Create(body.Value.Value)!, body.EntryId, body.CustomerId);
        return Results.NoContent();
    }

    private sealed record AddressBody(string? Url);

    private sealed record ReleaseBody(int Together);

    private sealed record TellBody(string? Example, string? Field, JsonElement? Value, string? EntryId, string? CustomerId, string? NumberId);
}
