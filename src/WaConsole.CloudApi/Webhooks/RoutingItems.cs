using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// A customer's thread changed hands (<c>messaging_handovers</c>; conversation routing, September 2026). Names the
/// customer by phone at most: join it through what is known of the customer.
/// </summary>
public sealed record HandoverItem : WebhookItem
{
    /// <summary><c>control_passed</c>: it is ours now; <c>control_taken</c>: no longer.</summary>
    public string? Type { get; init; }

    /// <summary>Digits; may be missing.</summary>
    public string? CustomerPhone { get; init; }

    public DateTime? TimestampUtc { get; init; }

    /// <summary>For example <c>ai_agent</c>, <c>customer_service</c>.</summary>
    public string? PreviousOwnerRole { get; init; }

    public string? NewOwnerRole { get; init; }

    public string? PreviousOwnerAppId { get; init; }

    public string? PreviousOwnerAppRole { get; init; }

    public string? NewOwnerAppId { get; init; }

    /// <summary>What the previous owner says to the next.</summary>
    public string? Metadata { get; init; }

    /// <summary>Meta's summary of the conversation; holds what the customer said.</summary>
    public string? Summary { get; init; }

    public bool IsOurs => Type is "control_passed";
}

/// <summary>
/// A copy of something in a thread that somebody else owns (<c>standby</c>): never answer it by yourself.
/// </summary>
/// <param name="Content">An <see cref="InboundMessageItem"/>, a <see cref="StatusItem"/> or the owner's message as an
/// <see cref="EchoItem"/>.</param>
public sealed record StandbyItem(WebhookItem Content) : WebhookItem;

/// <summary>Meta's summary of the conversation so far, beside a message (conversation routing).</summary>
public sealed record ConversationSummaryItem : WebhookItem
{
    public string? Summary { get; init; }
}

internal static class RoutingReading
{
    /// <summary>Older test payloads have no type: the object that is there tells it.</summary>
    public static WebhookItem Handover(ItemPlace place, JsonElement value)
    {
        var type = value.Text("type"u8)
            ?? (value.Object("control_passed"u8) is not null ? "control_passed"
                : value.Object("control_taken"u8) is not null ? "control_taken"
                : null);
        var change = value.Object("control_passed"u8) ?? value.Object("control_taken"u8);
        var number = value.Object("recipient"u8);
        var item = new HandoverItem
        {
            Type = type,
            CustomerPhone = value.Object("sender"u8)?.Text("phone_number"u8),
            TimestampUtc = value.UnixTime("timestamp"u8) ?? place.EntryTime,
            PreviousOwnerRole = change?.Text("previous_owner_role"u8),
            NewOwnerRole = change?.Text("new_owner_role"u8),
            PreviousOwnerAppId = change?.Text("previous_owner_app_id"u8),
            PreviousOwnerAppRole = change?.Text("previous_owner_app_role"u8),
            NewOwnerAppId = change?.Text("new_owner_app_id"u8),
            Metadata = change?.Text("metadata"u8),
            Summary = change?.Object("conversation_context"u8) is { } context ? SummaryOf(context) : null,
        };
        var at = place with
        {
            PhoneNumberId = number?.Text("phone_number_id"u8) ?? place.PhoneNumberId,
            DisplayPhoneNumber = number?.Text("display_phone_number"u8) ?? place.DisplayPhoneNumber,
        };
        return at.Put(item, value.GetRawText());
    }

    public static WebhookItem Summary(ItemPlace place, JsonElement context) =>
        place.Put(new ConversationSummaryItem { Summary = SummaryOf(context) }, context.GetRawText());

    public static WebhookItem StandbyMessage(ItemPlace place, JsonElement message, ContactBook contacts) =>
        Wrap(place, MessageReading.Inbound(place, message, contacts));

    public static WebhookItem StandbyStatus(ItemPlace place, JsonElement status, ContactBook contacts) =>
        Wrap(place, StatusReading.Read(place, status, contacts));

    /// <summary>The owner's message: id and time outside, its request as it was sent inside.</summary>
    public static WebhookItem StandbyEcho(ItemPlace place, JsonElement echo, ContactBook contacts) =>
        Wrap(place, MessageReading.Echo(place, echo, echo.Object("message"u8) ?? echo, contacts));

    private static WebhookItem Wrap(ItemPlace place, WebhookItem inner) =>
        inner is WebhookItem.Unreadable ? inner : place.Put(new StandbyItem(inner), inner.RawJson);

    private static string? SummaryOf(JsonElement context) => context.Object("summary"u8)?.Text("text"u8);
}
