using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary><c>POST /{version}/{phone-number-id}/messages</c>: a send, or a read mark with or without "typing".</summary>
internal static class MessagesRoute
{
    private const int BodyMax = 1024 * 1024;

    public static async Task<IResult> PostAsync(string id, HttpContext http, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        if (Before(world.Faults, id) is { } fault)
        {
            return GraphAccess.Answer(fault);
        }

        if (!number.Registered)
        {
            return GraphAccess.Answer(GraphError.Of(133010, "The number is not registered."));
        }

        if (await BoundedBody.ReadAsync(http.Request, BodyMax, http.RequestAborted) is not { } bytes)
        {
            return GraphAccess.Answer(GraphError.Of(100, "The request is too large."));
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return GraphAccess.Answer(GraphError.Of(100, "The request is not valid JSON."));
        }

        using (document)
        {
            var body = document.RootElement;
            if (body.ValueKind != JsonValueKind.Object)
            {
                return GraphAccess.Answer(GraphError.Of(100, "The request is not a JSON object."));
            }

            return SendChecks.Member(body, "status").ValueKind == JsonValueKind.Undefined
                ? await SendAsync(id, body, Convert.ToHexStringLower(SHA256.HashData(bytes)), http, world)
                : MarkRead(id, body, world);
        }
    }

    private static GraphError? Before(FaultBoard faults, string id) =>
        faults.Take(FaultKind.ServerError, id) is not null ? GraphError.Of(131000, "Something went wrong.")
            : faults.Take(FaultKind.Unavailable, id) is not null ? GraphError.Of(131016, "The service is unavailable.")
            : faults.Take(FaultKind.TooManyRequests, id) is not null ? GraphError.Of(4, "The app has made too many calls.")
            : faults.Take(FaultKind.Throughput, id) is not null ? GraphError.Of(130429, "The number's throughput is used up.")
            : faults.Take(FaultKind.PairLimit, id) is not null ? GraphError.Of(131056, "Too many messages to this customer in a short time.")
            : null;

    private static async Task<IResult> SendAsync(string id, JsonElement body, string hash, HttpContext http, SimulatedWhatsApp world)
    {
        var outcome = world.Accept(id, body, hash);
        if (outcome is SendOutcome.Refused refused)
        {
            return GraphAccess.Answer(refused.Error);
        }

        var accepted = (SendOutcome.Accepted)outcome;
        if (world.Faults.Take(FaultKind.TimeoutAfterAccepting, id) is { } silence)
        {
            world.Begin(accepted.Wamid);
            await SilenceAsync(silence, http, world);
            return Results.Empty;
        }

        if (world.Faults.Take(FaultKind.StatusBeforeAnswer, id) is not null)
        {
            world.Begin(accepted.Wamid);
            await world.StatusDeliveredAsync(accepted, http.RequestAborted);
        }

        http.Response.OnCompleted(() =>
        {
            world.Begin(accepted.Wamid);
            return Task.CompletedTask;
        });
        return world.Faults.Take(FaultKind.ServerErrorAfterAccepting, id) is not null
                ? GraphAccess.Answer(GraphError.Of(131000, "Something went wrong."))
            : world.Faults.Take(FaultKind.UnavailableAfterAccepting, id) is not null
                ? GraphAccess.Answer(GraphError.Of(131016, "The service is unavailable."))
            : GraphAccess.Json(Answer(accepted));
    }

    private static async Task SilenceAsync(Fault silence, HttpContext http, SimulatedWhatsApp world)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(silence.Milliseconds), world.Clock, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up first, which is what the fault is for.
        }

        http.Abort();
    }

    private static JsonObject Answer(SendOutcome.Accepted accepted)
    {
        var contact = accepted.InputPhone is null
            ? new JsonObject { ["input"] = accepted.Customer.UserId, ["user_id"] = accepted.Customer.UserId }
            : new JsonObject { ["input"] = accepted.InputPhone, ["wa_id"] = accepted.Customer.Phone };
        var message = new JsonObject { ["id"] = accepted.Wamid };
        if (accepted.Status is not null)
        {
            message["message_status"] = accepted.Status;
        }

        return new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(message),
        };
    }

    private static IResult MarkRead(string id, JsonElement body, SimulatedWhatsApp world)
    {
        var checks = new SendChecks();
        checks.OnlyKeys(body, "message", "messaging_product", "status", "message_id", "typing_indicator", "recipient_type", "to");
        if (checks.Text(body, "messaging_product", "message", 16) is not (null or "whatsapp"))
        {
            checks.Refuse(100, "Param messaging_product must be one of {WHATSAPP}.");
        }

        if (checks.Text(body, "status", "message", 16) is not (null or "read"))
        {
            checks.Refuse(131009, "Param status must be read.");
        }

        var wamid = checks.Text(body, "message_id", "message", 512) ?? "";
        var typing = checks.Object(body, "typing_indicator", "message", required: false);
        if (typing.ValueKind == JsonValueKind.Object && checks.Text(typing, "type", "typing_indicator", 16) is not (null or "text"))
        {
            checks.Refuse(131009, "Param typing_indicator['type'] must be text.");
        }

        if (!checks.Failed && !world.MarkRead(id, wamid, typing.ValueKind == JsonValueKind.Object))
        {
            checks.Refuse(131009, "Param message_id is not a message a customer sent to this number.");
        }

        return checks.Refusal is { } refusal
            ? GraphAccess.Answer(refusal)
            : GraphAccess.Json(new JsonObject { ["success"] = true });
    }
}
