using System.Text.Json;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>The outer part of a send, checked for shape alone.</summary>
internal sealed record SendRequest(
    string Type,
    string? To,
    string? UserId,
    string? ReplyTo,
    string? CallbackData,
    JsonElement Body)
{
    private static readonly string[] Envelope =
    [
        "messaging_product", "recipient_type", "to", "recipient", "context", "biz_opaque_callback_data",
        "recipient_identity_key_hash", "messaging_account_id", "paid_messaging_account_id", "type", "category",
        "ttl_seconds", "direct_send_config",
    ];

    private static readonly string[] Types =
    [
        "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction", "interactive",
        "template",
    ];

    public static SendRequest Read(JsonElement body, SendChecks checks)
    {
        if (SendChecks.Member(body, "messaging_product") is not { ValueKind: JsonValueKind.String } product)
        {
            checks.Refuse(100, "The parameter messaging_product is required.");
        }
        else if (!product.ValueEquals("whatsapp"))
        {
            checks.Refuse(100, "Param messaging_product must be one of {WHATSAPP}.");
        }

        var type = checks.Text(body, "type", "message", 64, required: false) ?? "text";
        if (!Types.Contains(type))
        {
            checks.Refuse(type is "pin" or "group" ? 131051 : 100, "Param type is not one of the supported message types.");
        }

        checks.OnlyKeys(body, "message", [.. Envelope, type]);
        var recipientType = checks.Text(body, "recipient_type", "message", 32, required: false);
        if (recipientType is not (null or "individual"))
        {
            checks.Refuse(131009, "Groups are not switched on for this number: recipient_type must be individual.");
        }

        // Direct Send has to be switched on for an account first; without it Meta answers 100.
        if (SendChecks.Member(body, "category").ValueKind != JsonValueKind.Undefined)
        {
            checks.Refuse(100, "Direct Send is not switched on for this account.");
        }

        var to = checks.TextOrNumber(body, "to", "message", required: false);
        var userId = checks.Text(body, "recipient", "message", 140, required: false);
        if (string.IsNullOrWhiteSpace(to) && string.IsNullOrWhiteSpace(userId))
        {
            checks.Refuse(131008, "One of the parameters to and recipient is required.");
        }

        var context = checks.Object(body, "context", "message", required: false);
        checks.OnlyKeys(context, "context", "message_id");
        var replyTo = context.ValueKind == JsonValueKind.Object
            ? checks.Text(context, "message_id", "context", 512)
            : null;
        var callbackData = checks.Text(body, "biz_opaque_callback_data", "message", 512, required: false);
        return new SendRequest(type, Filled(to), Filled(userId), replyTo, callbackData, body);
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
