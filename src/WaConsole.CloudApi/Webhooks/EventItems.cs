using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>An error that belongs to no message: of the account, the app or the webhook itself.</summary>
public sealed record ErrorItem(CloudApiError Error) : WebhookItem;

/// <summary>
/// A tap on a marketing message (<c>user_actions</c>). Names neither customer nor message: join it by
/// <see cref="ClickId"/>.
/// </summary>
public sealed record UserActionItem : WebhookItem
{
    /// <summary><c>marketing_messages_link_click</c> or <c>landing_page_view</c>.</summary>
    public string? ActionType { get; init; }

    public DateTime? TimestampUtc { get; init; }

    /// <summary><c>cta</c> or <c>body</c>.</summary>
    public string? ClickComponent { get; init; }

    public string? ClickId { get; init; }

    public string? TrackingToken { get; init; }

    public string? ProductId { get; init; }
}

/// <summary>Something Meta concluded from a chat, such as a purchase (<c>automatic_events</c>).</summary>
public sealed record AutomaticEventItem : WebhookItem
{
    /// <summary>The message it was concluded from.</summary>
    public string? Wamid { get; init; }

    /// <summary><c>LeadSubmitted</c> or <c>Purchase</c>, in either case.</summary>
    public string? EventName { get; init; }

    public DateTime? TimestampUtc { get; init; }

    public string? CtwaClid { get; init; }

    public string? Currency { get; init; }

    public decimal? Value { get; init; }
}

/// <summary>What became of a tracked marketing message (<c>tracking_events</c>).</summary>
public sealed record TrackingEventItem : WebhookItem
{
    public string? EventName { get; init; }

    public DateTime? TimestampUtc { get; init; }

    public string? ClickId { get; init; }

    public string? TrackingToken { get; init; }
}

internal static class EventReading
{
    public static WebhookItem Error(ItemPlace place, JsonElement error) =>
        place.Put(new ErrorItem(CloudApiErrorReading.Read(error)), error.GetRawText());

    public static WebhookItem UserAction(ItemPlace place, JsonElement action)
    {
        var click = action.Object("marketing_messages_link_click_data"u8);
        var item = new UserActionItem
        {
            ActionType = action.Text("action_type"u8),
            TimestampUtc = action.UnixTime("timestamp"u8) ?? place.EntryTime,
            ClickComponent = click?.Text("click_component"u8),
            ClickId = click?.Text("click_id"u8),
            TrackingToken = click?.Text("tracking_token"u8),
            ProductId = click?.Text("product_id"u8),
        };
        return place.Put(item, action.GetRawText());
    }

    public static WebhookItem Automatic(ItemPlace place, JsonElement found)
    {
        var custom = found.Object("custom_data"u8);
        var item = new AutomaticEventItem
        {
            Wamid = found.Text("id"u8),
            EventName = found.Text("event_name"u8),
            TimestampUtc = found.UnixTime("timestamp"u8) ?? place.EntryTime,
            CtwaClid = found.Text("ctwa_clid"u8),
            Currency = custom?.Text("currency"u8),
            Value = custom?.Decimal("value"u8),
        };
        return place.Put(item, found.GetRawText());
    }

    public static WebhookItem Tracking(ItemPlace place, JsonElement tracked)
    {
        var data = tracked.Object("tracking_data"u8);
        var item = new TrackingEventItem
        {
            EventName = tracked.Text("event_name"u8),
            TimestampUtc = tracked.UnixTime("timestamp"u8) ?? place.EntryTime,
            ClickId = data?.Text("click_id"u8),
            TrackingToken = data?.Text("tracking_token"u8),
        };
        return place.Put(item, tracked.GetRawText());
    }
}
