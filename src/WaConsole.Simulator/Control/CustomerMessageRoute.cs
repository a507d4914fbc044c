using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary><c>POST /control/customers/{id}/messages</c>: anything a customer can send, as JSON or with a file as a form.</summary>
internal static class CustomerMessageRoute
{
    public static async Task<IResult> PostAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindCustomer(id) is null)
        {
            return ControlJson.NotFound("customer");
        }

        var (message, why) = await ReadAsync(request, world);
        return message is null ? ControlJson.Refused(why) : Answer(world.Write(id, message));
    }

    /// <summary>The same body as a message of the business, written in the WhatsApp Business app.</summary>
    public static async Task<IResult> EchoAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindCustomer(id) is null)
        {
            return ControlJson.NotFound("customer");
        }

        var (message, why) = await ReadAsync(request, world);
        return message is null ? ControlJson.Refused(why) : Answer(world.Echo(id, message.Content, message.NumberId));
    }

    public static async Task<IResult> TapAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindCustomer(id) is null)
        {
            return ControlJson.NotFound("customer");
        }

        return await ControlJson.ReadAsync<TapBody>(request) is { MessageId: { } message, Value: { } value }
            ? Answer(world.Tap(id, message, value))
            : ControlJson.Refused("Give messageId, and value as the id or title of the button or row.");
    }

    private static IResult Answer(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Sent sent => ControlJson.Ok(sent.Line),
        WriteOutcome.Refused refused => ControlJson.Refused(refused.Why, StatusCodes.Status409Conflict),
        _ => throw new InvalidOperationException("Unknown outcome."),
    };

    private static async Task<(CustomerMessage? Message, string Why)> ReadAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (request.HasFormContentType)
        {
            return await FromFormAsync(request, world);
        }

        var message = await ControlJson.ReadAsync<MessageBody>(request) is { } body ? body.ToMessage(world) : null;
        return (message, message is null ? "Give type and what belongs to it; see docs/simulator.md." : "");
    }

    private static async Task<(CustomerMessage? Message, string Why)> FromFormAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        string? type = form["type"];
        if (form.Files.GetFile("file") is not { } file || type is not ("image" or "video" or "audio" or "document" or "sticker"))
        {
            return (null, "Give a file, and type as image, video, audio, document or sticker.");
        }

        using var kept = new MemoryStream();
        await file.CopyToAsync(kept, request.HttpContext.RequestAborted);
        if (world.KeepCustomerFile(kept.ToArray(), file.ContentType, file.FileName, out var why) is not { } stored)
        {
            return (null, why!);
        }

        var part = new MediaPart(stored.Id, stored.MimeType, stored.FileName, Voice: form["voice"] == "true");
        return (new CustomerMessage(MessageContent.OfMedia(type, part, Filled(form["caption"])))
        {
            NumberId = Filled(form["numberId"]),
            ReplyTo = Filled(form["replyTo"]),
            GroupId = Filled(form["groupId"]),
        }, "");
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed record TapBody(string? MessageId, string? Value);
}
