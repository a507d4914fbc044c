using System.Buffers;
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

    public static Task<IResult> PostAsync(string id, HttpContext http, SimulatedWhatsApp world) =>
        PostAsync(id, http, world, marketing: false);

    /// <summary><c>POST /{version}/{phone-number-id}/marketing_messages</c>: marketing templates only.</summary>
    public static Task<IResult> PostMarketingAsync(string id, HttpContext http, SimulatedWhatsApp world) =>
        PostAsync(id, http, world, marketing: true);

    private static async Task<IResult> PostAsync(string id, HttpContext http, SimulatedWhatsApp world, bool marketing)
    {
        if (await GraphAccess.MessagingAsync(http, world) is { } noAccess)
        {
            return noAccess;
        }

        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
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

            if (SendChecks.Member(body, "status").ValueKind != JsonValueKind.Undefined && !marketing)
            {
                return world.WhyNumberCannotSend(number) is { } unable ? GraphAccess.Answer(unable) : MarkRead(id, body, world);
            }

            // After the read marks: a fault asked for the next send must not be used up by one.
            if ((Before(world.Faults, id) ?? world.WhyNumberCannotSend(number)) is { } trouble)
            {
                return GraphAccess.Answer(trouble);
            }

            var outcome = world.Accept(number, body, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)), marketing);
            return outcome is SendOutcome.Accepted accepted
                ? await AnswerAsync(id, accepted, http, world)
                : GraphAccess.Answer(((SendOutcome.Refused)outcome).Error);
        }
    }

    private static GraphError? Before(FaultBoard faults, string id) =>
        faults.Take(FaultKind.ServerError, id) is not null ? GraphError.Of(131000, "Something went wrong.")
            : faults.Take(FaultKind.Unavailable, id) is not null ? GraphError.Of(131016, "The service is unavailable.")
            : faults.Take(FaultKind.TooManyRequests, id) is not null ? GraphError.Of(4, "The app has made too many calls.")
            : faults.Take(FaultKind.Throughput, id) is not null ? GraphError.Of(130429, "The number's throughput is used up.")
            : faults.Take(FaultKind.PairLimit, id) is not null ? GraphError.Of(131056, "Too many messages to this customer in a short time.")
            : null;

    private static async Task<IResult> AnswerAsync(string id, SendOutcome.Accepted accepted, HttpContext http, SimulatedWhatsApp world)
    {
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

        http.Response.OnCompleted(
            static begin =>
            {
                var (world, wamid) = ((SimulatedWhatsApp, string))begin;
                world.Begin(wamid);
                return Task.CompletedTask;
            },
            (world, accepted.Wamid));
        return world.Faults.Take(FaultKind.ServerErrorAfterAccepting, id) is not null
                ? GraphAccess.Answer(GraphError.Of(131000, "Something went wrong."))
            : world.Faults.Take(FaultKind.UnavailableAfterAccepting, id) is not null
                ? GraphAccess.Answer(GraphError.Of(131016, "The service is unavailable."))
            : new JsonBytes(Answer(accepted));
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

    private static ReadOnlyMemory<byte> Answer(SendOutcome.Accepted accepted)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("messaging_product"u8, "whatsapp");
        writer.WriteStartArray("contacts"u8);
        writer.WriteStartObject();
        writer.WriteString("input"u8, accepted.InputPhone ?? accepted.Customer.UserId);
        if (accepted.GroupId is null)
        {
            writer.WriteString(
                accepted.InputPhone is null ? "user_id"u8 : "wa_id"u8,
                accepted.InputPhone is null ? accepted.Customer.UserId : accepted.Customer.Phone);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("messages"u8);
        writer.WriteStartObject();
        writer.WriteString("id"u8, accepted.Wamid);
        if (accepted.Status is not null)
        {
            writer.WriteString("message_status"u8, accepted.Status);
        }

        if (accepted.GroupId is not null)
        {
            writer.WriteString("group_id"u8, accepted.GroupId);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
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
