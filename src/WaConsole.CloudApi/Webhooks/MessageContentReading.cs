using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>What a message says, in either direction. A part that is missing or of the wrong kind stays null.</summary>
internal static class MessageContentReading
{
    public static T Fill<T>(
        T item, ItemPlace place, JsonElement envelope, JsonElement message, JsonElement? contact)
        where T : MessageItem
    {
        var content = message.Object(item.Type);
        var referral = message.Object("referral"u8);
        var media = IsMedia(item.Kind) && content is { } file ? ReadMedia(file) : null;
        var interactive = item.Kind == MessageKind.Interactive && content is { } reply ? ReadInteractive(reply) : null;
        var button = item.Kind == MessageKind.Button && content is { } pressed
            ? new ButtonReply(pressed.Text("payload"u8), pressed.Text("text"u8))
            : null;

        return (T)(item with
        {
            Index = place.Index,
            BusinessAccountId = place.BusinessAccountId,
            Field = place.Field,
            PhoneNumberId = place.PhoneNumberId,
            DisplayPhoneNumber = place.DisplayPhoneNumber,
            EntryTime = place.EntryTime,
            Part = place.Part,
            IsListed = place.IsListed,
            RawJson = RawJsonText.WithContact("message"u8, envelope, contact),
            GroupId = message.Text("group_id"u8),
            Text = item.Kind == MessageKind.Text
                ? content?.Text("body"u8)
                : media?.Caption ?? button?.Text ?? interactive?.Title,
            Media = media,
            Location = item.Kind == MessageKind.Location && content is { } spot ? ReadLocation(spot) : null,
            ContactsJson = item.Kind == MessageKind.Contacts ? RawList(message, "contacts"u8) : null,
            ContactCards = item.Kind == MessageKind.Contacts ? ContactCardReading.Read(message) : [],
            ContactsOrigin = item.Kind == MessageKind.Contacts ? OriginOf(message) : null,
            Reaction = item.Kind == MessageKind.Reaction && content is { } mood ? ReadReaction(mood) : null,
            Context = ReadContext(message),
            Referral = referral is { } from ? ReferralReading.Read(from) : null,
            ReferralJson = referral?.GetRawText(),
            Interactive = interactive,
            Button = button,
            Order = item.Kind == MessageKind.Order && content is { } cart ? OrderReading.Read(cart) : null,
            OrderJson = item.Kind == MessageKind.Order ? content?.GetRawText() : null,
            System = item.Kind == MessageKind.System ? ReadSystem(message, content) : null,
            Edit = item.Kind == MessageKind.Edit && content is { } edit ? ReadEdit(edit) : null,
            RevokedWamid = item.Kind == MessageKind.Revoke ? content?.Text("original_message_id"u8) : null,
            UnsupportedType = item.Kind == MessageKind.Unsupported ? content?.Text("type"u8) : null,
            Errors = CloudApiErrorReading.FromWebhook(message),
        });
    }

    private static bool IsMedia(MessageKind kind) => kind
        is MessageKind.Image or MessageKind.Video or MessageKind.Audio or MessageKind.Document or MessageKind.Sticker;

    private static MessageMedia ReadMedia(JsonElement file) => new(
        file.Text("id"u8),
        file.Text("mime_type"u8),
        file.Text("sha256"u8),
        file.Text("filename"u8),
        file.Bool("voice"u8) ?? false,
        file.Bool("animated"u8) ?? false,
        file.Text("url"u8),
        file.Text("caption"u8));

    private static MessageLocation? ReadLocation(JsonElement spot) =>
        spot.Double("latitude"u8) is { } latitude && spot.Double("longitude"u8) is { } longitude
            ? new(latitude, longitude, spot.Text("name"u8), spot.Text("address"u8), spot.Text("url"u8))
            : null;

    /// <summary>Taking a reaction back arrives as an empty emoji or as none.</summary>
    private static MessageReaction? ReadReaction(JsonElement mood) => mood.Text("message_id"u8) is { } target
        ? new(target, mood.Text("emoji"u8) is { Length: > 0 } emoji ? emoji : null)
        : null;

    private static MessageContext? ReadContext(JsonElement message) => message.Object("context"u8) is { } context
        ? new(
            context.Text("id"u8),
            context.Text("from"u8),
            context.Bool("forwarded"u8) ?? false,
            context.Bool("frequently_forwarded"u8) ?? false,
            context.Object("referred_product"u8) is { } product
                ? new(product.Text("catalog_id"u8), product.Text("product_retailer_id"u8))
                : null)
        : null;

    private static InteractiveReply? ReadInteractive(JsonElement interactive)
    {
        if (interactive.Text("type"u8) is not { } kind)
        {
            return null;
        }

        if (interactive.Object(kind) is not { } reply)
        {
            return new(kind, null, null, null, null);
        }

        return kind switch
        {
            "button_reply" or "list_reply" =>
                new(kind, reply.Text("id"u8), reply.Text("title"u8), reply.Text("description"u8), null),
            "nfm_reply" => new(kind, reply.Text("name"u8), reply.Text("body"u8), null, reply.Text("response_json"u8)),
            "call_permission_reply" => new(kind, null, null, null, reply.GetRawText())
            {
                CallPermission = new(
                    reply.Text("response"u8) is "accept",
                    reply.Bool("is_permanent"u8) ?? false,
                    reply.UnixTime("expiration_timestamp"u8),
                    reply.Text("response_source"u8)),
            },
            _ => new(kind, reply.Text("id"u8), reply.Text("title"u8), reply.Text("description"u8), reply.GetRawText()),
        };
    }

    /// <summary>Older notices say <c>new_wa_id</c>; an identity change stands beside the notice.</summary>
    private static SystemNotice ReadSystem(JsonElement message, JsonElement? notice) => new(
        notice?.Text("type"u8),
        notice?.Text("body"u8),
        notice?.Text("wa_id"u8) ?? notice?.Text("new_wa_id"u8),
        notice?.Text("user_id"u8),
        notice?.Text("parent_user_id"u8),
        (message.Object("identity"u8) ?? notice?.Object("identity"u8))?.Text("hash"u8))
    {
        IdentityChangedUtc = (message.Object("identity"u8) ?? notice?.Object("identity"u8))?.UnixTime("created_timestamp"u8),
    };

    private static MessageEdit? ReadEdit(JsonElement edit)
    {
        if (edit.Text("original_message_id"u8) is not { } original)
        {
            return null;
        }

        var content = edit.Object("message"u8);
        var type = content?.Text("type"u8);
        var inner = type is null ? null : content?.Object(type);
        return new(original, type, inner?.Text("body"u8) ?? inner?.Text("caption"u8), content?.GetRawText())
        {
            NewMedia = type is "image" or "video" or "audio" or "document" or "sticker" && inner is { } file
                ? ReadMedia(file)
                : null,
        };
    }

    private static string? RawList(JsonElement message, ReadOnlySpan<byte> name) =>
        message.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.GetRawText() : null;

    /// <summary>
    /// Meta's sample puts the origin beside the cards, other readings inside the card: both are taken.
    /// </summary>
    private static string? OriginOf(JsonElement message) =>
        message.Text("origin"u8) ?? message.First("contacts"u8)?.Text("origin"u8);
}
