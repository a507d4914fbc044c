using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class CallReading
{
    public static WebhookItem Event(ItemPlace place, JsonElement call) =>
        Read(place, call, call.Text("event"u8) ?? "");

    /// <summary>How a call of ours fares.</summary>
    public static WebhookItem Status(ItemPlace place, JsonElement status) => Read(place, status, eventName: null);

    private static WebhookItem Read(ItemPlace place, JsonElement call, string? eventName)
    {
        if (call.Text("id"u8) is not { Length: > 0 } id)
        {
            return place.Unreadable("The call has no id.", call);
        }

        if ((call.UnixTime("timestamp"u8) ?? place.EntryTime) is not { } time)
        {
            return place.Unreadable("The call has no readable time.", call);
        }

        var item = new CallItem
        {
            CallId = id,
            Event = eventName,
            Status = call.Text("status"u8),
            Direction = call.Text("direction"u8),
            From = call.Text("from"u8),
            FromUserId = call.Text("from_user_id"u8),
            To = call.Text("to"u8),
            ToUserId = call.Text("to_user_id"u8),
            RecipientId = call.Text("recipient_id"u8),
            RecipientUserId = call.Text("recipient_user_id"u8),
            TimestampUtc = time,
            Errors = CloudApiErrorReading.FromWebhook(call),
        };
        return place.Put(item, call.GetRawText());
    }
}
