using System.Text.Json;
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

        var why = "";
        var message = request.HasFormContentType
            ? await FromFormAsync(request, world, refusal => why = refusal)
            : FromJson(await ControlJson.ReadAsync<MessageBody>(request), world, refusal => why = refusal);
        return message is null ? ControlJson.Refused(why) : Answer(world.Write(id, message));
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

    private static async Task<CustomerMessage?> FromFormAsync(HttpRequest request, SimulatedWhatsApp world, Action<string> refuse)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        string? type = form["type"];
        if (form.Files.GetFile("file") is not { } file || type is not ("image" or "video" or "audio" or "document" or "sticker"))
        {
            refuse("Give a file, and type as image, video, audio, document or sticker.");
            return null;
        }

        using var kept = new MemoryStream();
        await file.CopyToAsync(kept, request.HttpContext.RequestAborted);
        var stored = world.KeepCustomerFile(kept.ToArray(), file.ContentType, file.FileName, out var why);
        if (stored is null)
        {
            refuse(why!);
            return null;
        }

        var part = new MediaPart(stored.Id, stored.MimeType, stored.FileName, Voice: form["voice"] == "true");
        return new CustomerMessage(MessageContent.OfMedia(type, part, Filled(form["caption"])))
        {
            NumberId = Filled(form["numberId"]),
            ReplyTo = Filled(form["replyTo"]),
        };
    }

    private static CustomerMessage? FromJson(MessageBody? body, SimulatedWhatsApp world, Action<string> refuse)
    {
        var content = body?.Type switch
        {
            "text" when body.Text is not null => MessageContent.OfText(body.Text),
            "image" or "video" or "audio" or "voice" or "document" or "sticker" => Samples.Message(body.Type, body.Caption, world),
            "location" when body is { Latitude: { } latitude, Longitude: { } longitude } => new MessageContent
            {
                Kind = "location",
                Location = new LocationPart(latitude, longitude, body.Name, body.Address),
            },
            "contacts" when body.Contacts is { Count: > 0 } => new MessageContent { Kind = "contacts", Contacts = body.Contacts },
            "reaction" when body.MessageId is not null =>
                new MessageContent { Kind = "reaction", Reaction = new ReactionPart(body.MessageId, body.Emoji ?? "") },
            "order" when body.Items is { Count: > 0 } =>
                new MessageContent { Kind = "order", SubKind = body.CatalogId ?? "740000000000001", Text = body.Text, Order = body.Items },
            "unsupported" => new MessageContent { Kind = "unsupported", SubKind = body.UnsupportedType ?? "poll_creation" },
            _ => null,
        };
        if (content is null)
        {
            refuse("Give type and what belongs to it; see docs/simulator.md.");
            return null;
        }

        return new CustomerMessage(content) { NumberId = body!.NumberId, ReplyTo = body.ReplyTo, Referral = body.Referral };
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed record TapBody(string? MessageId, string? Value);

    private sealed record MessageBody(
        string? Type,
        string? Text,
        string? Caption,
        string? NumberId,
        string? ReplyTo,
        double? Latitude,
        double? Longitude,
        string? Name,
        string? Address,
        IReadOnlyList<ContactPart>? Contacts,
        string? MessageId,
        string? Emoji,
        string? CatalogId,
        IReadOnlyList<OrderItem>? Items,
        string? UnsupportedType,
        ReferralPart? Referral);
}
