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

    private static readonly string[] MarketingEnvelope = [.. Envelope, "product_policy", "message_activity_sharing", "bid_spec"];

    private static readonly string[] Types =
    [
        "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction", "interactive",
        "template",
    ];

    // Meta, "Groups", 2026: text, media and templates, and a pin; nothing interactive.
    private static readonly string[] GroupTypes = ["text", "image", "video", "audio", "document", "sticker", "template", "pin"];

    public string? IdentityHash { get; private init; }
    public bool ToGroup { get; private init; }

    /// <summary>Marketing Messages API: fail rather than fall back to the Cloud API.</summary>
    public bool Strict { get; private init; }

    public static SendRequest Read(JsonElement body, SendChecks checks, bool marketingApi)
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
        var recipientType = checks.Text(body, "recipient_type", "message", 32, required: false);
        if (recipientType is not (null or "individual" or "group"))
        {
            checks.Refuse(131009, "Param recipient_type must be individual or group.");
        }

        var toGroup = recipientType == "group";
        CheckType(type, toGroup, marketingApi, checks);
        checks.OnlyKeys(body, "message", [.. marketingApi ? MarketingEnvelope : Envelope, type]);
        CheckDirectSend(body, checks);
        var to = checks.TextOrNumber(body, "to", "message", required: false);
        var userId = checks.Text(body, "recipient", "message", 140, required: false);
        if (string.IsNullOrWhiteSpace(to) && string.IsNullOrWhiteSpace(userId))
        {
            checks.Refuse(131008, "One of the parameters to and recipient is required.");
        }

        var context = checks.Object(body, "context", "message", required: false);
        checks.OnlyKeys(context, "context", "message_id");
        var policy = checks.Text(body, "product_policy", "message", 32, required: false);
        if (policy is not (null or "CLOUD_API_FALLBACK" or "STRICT"))
        {
            checks.Refuse(131009, "Param product_policy must be CLOUD_API_FALLBACK or STRICT.");
        }

        checks.Flag(body, "message_activity_sharing", "message");
        return new SendRequest(
            type,
            Filled(to),
            Filled(userId),
            context.ValueKind == JsonValueKind.Object ? checks.Text(context, "message_id", "context", 512) : null,
            checks.Text(body, "biz_opaque_callback_data", "message", 512, required: false),
            body)
        {
            IdentityHash = checks.Text(body, "recipient_identity_key_hash", "message", 256, required: false),
            ToGroup = toGroup,
            Strict = policy == "STRICT",
        };
    }

    private static void CheckType(string type, bool toGroup, bool marketingApi, SendChecks checks)
    {
        if (toGroup && !GroupTypes.Contains(type))
        {
            checks.Refuse(Types.Contains(type) ? 131051 : 100, "A group takes text, media and templates only.");
        }
        else if (!toGroup && !Types.Contains(type))
        {
            checks.Refuse(type == "pin" ? 131051 : 100, "Param type is not one of the supported message types.");
        }
        else if (marketingApi && type != "template")
        {
            checks.Refuse(131055, "The Marketing Messages API sends templates only.");
        }
    }

    // Direct Send has to be switched on for an account first; without it Meta answers 100.
    private static void CheckDirectSend(JsonElement body, SendChecks checks)
    {
        foreach (var name in (ReadOnlySpan<string>)["category", "ttl_seconds", "direct_send_config"])
        {
            if (SendChecks.Member(body, name).ValueKind != JsonValueKind.Undefined)
            {
                checks.Refuse(100, "Direct Send is not switched on for this account.");
            }
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
