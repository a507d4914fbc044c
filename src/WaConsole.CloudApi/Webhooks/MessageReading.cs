using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class MessageReading
{
    public static WebhookItem Inbound(ItemPlace place, JsonElement message, ContactBook contacts)
    {
        if (Lacking(place, message) is { } unreadable)
        {
            return unreadable;
        }

        var from = message.Text("from"u8);
        var fromUserId = message.Text("from_user_id"u8);
        var contact = contacts.Find(fromUserId, from);
        var type = TypeOf(message);
        var item = new InboundMessageItem
        {
            Wamid = message.Text("id"u8)!,
            TimestampUtc = TimeOf(place, message)!.Value,
            Type = type,
            Kind = KindOf(type),
            From = from,
            FromUserId = fromUserId ?? contact?.Text("user_id"u8),
            FromParentUserId = message.Text("from_parent_user_id"u8) ?? contact?.Text("parent_user_id"u8),
            WaId = contact?.Text("wa_id"u8),
            ProfileName = contact?.ProfileName(),
            Username = contact?.Username(),
            IdentityKeyHash = contact?.Text("identity_key_hash"u8),
        };
        return MessageContentReading.Fill(item, place, message, message, contact);
    }

    public static WebhookItem Echo(ItemPlace place, JsonElement message, ContactBook contacts) =>
        Echo(place, message, message, contacts);

    /// <param name="envelope">Where id and time are; normally the message itself.</param>
    public static WebhookItem Echo(ItemPlace place, JsonElement envelope, JsonElement message, ContactBook contacts)
    {
        if (Lacking(place, envelope) is { } unreadable)
        {
            return unreadable;
        }

        var to = message.Text("to"u8);
        var toUserId = message.Text("to_user_id"u8);
        var contact = contacts.Find(toUserId, to);
        var type = TypeOf(message);
        var item = new EchoItem
        {
            Wamid = envelope.Text("id"u8)!,
            TimestampUtc = TimeOf(place, envelope)!.Value,
            Type = type,
            Kind = KindOf(type),
            From = message.Text("from"u8),
            To = to,
            ToUserId = toUserId ?? contact?.Text("user_id"u8),
            ToParentUserId = message.Text("to_parent_user_id"u8) ?? contact?.Text("parent_user_id"u8),
            ProfileName = contact?.ProfileName(),
            Username = contact?.Username(),
        };
        return MessageContentReading.Fill(item, place, envelope, message, contact);
    }

    private static WebhookItem? Lacking(ItemPlace place, JsonElement message) =>
        message.Text("id"u8) is not { Length: > 0 } ? place.Unreadable("The message has no id.", message)
        : TimeOf(place, message) is null ? place.Unreadable("The message has no readable time.", message)
        : null;

    private static DateTime? TimeOf(ItemPlace place, JsonElement message) =>
        message.UnixTime("timestamp"u8) ?? place.EntryTime;

    private static string TypeOf(JsonElement message) => message.Text("type"u8) ?? "";

    private static MessageKind KindOf(string type) => type switch
    {
        "text" => MessageKind.Text,
        "image" => MessageKind.Image,
        "video" => MessageKind.Video,
        "audio" => MessageKind.Audio,
        "document" => MessageKind.Document,
        "sticker" => MessageKind.Sticker,
        "location" => MessageKind.Location,
        "contacts" => MessageKind.Contacts,
        "reaction" => MessageKind.Reaction,
        "interactive" => MessageKind.Interactive,
        "button" => MessageKind.Button,
        "order" => MessageKind.Order,
        "system" => MessageKind.System,
        "unsupported" => MessageKind.Unsupported,
        "edit" => MessageKind.Edit,
        "revoke" => MessageKind.Revoke,
        "media_placeholder" => MessageKind.MediaPlaceholder,
        _ => MessageKind.Unknown,
    };
}
