using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class CallReading
{
    public static WebhookItem Event(ItemPlace place, JsonElement call, ContactBook contacts) =>
        Read(place, call, call.Text("event"u8) ?? "", contacts);

    /// <summary>How a call of ours fares.</summary>
    public static WebhookItem Status(ItemPlace place, JsonElement status, ContactBook contacts) =>
        Read(place, status, eventName: null, contacts);

    private static WebhookItem Read(ItemPlace place, JsonElement call, string? eventName, ContactBook contacts)
    {
        if (call.Text("id"u8) is not { Length: > 0 } id)
        {
            return place.Unreadable("The call has no id.", call);
        }

        if ((call.UnixTime("timestamp"u8) ?? place.EntryTime) is not { } time)
        {
            return place.Unreadable("The call has no readable time.", call);
        }

        var session = call.Object("session"u8);
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
            RecipientParentUserId = call.Text("recipient_parent_user_id"u8) ?? call.Text("parent_recipient_user_id"u8),
            TimestampUtc = time,
            FromParentUserId = call.Text("from_parent_user_id"u8),
            ToParentUserId = call.Text("to_parent_user_id"u8),
            SdpType = session?.Text("sdp_type"u8),
            Sdp = session?.Text("sdp"u8),
            ButtonPayload = call.Text("cta_payload"u8),
            DeeplinkPayload = call.Text("deeplink_payload"u8),
            CallbackData = call.Text("biz_opaque_callback_data"u8),
            StartedUtc = call.UnixTime("start_time"u8),
            EndedUtc = call.UnixTime("end_time"u8),
            DurationSeconds = call.Int("duration"u8),
            RecordingMediaId = call.Object("call_recording"u8)?.Object("audio"u8)?.Text("id"u8),
            TranscriptMediaId = call.Object("call_transcript"u8)?.Object("document"u8)?.Text("id"u8),
            Errors = CloudApiErrorReading.FromWebhook(call),
        };
        var contact = contacts.Find(item.CustomerUserId, item.CustomerPhone);
        var named = item with
        {
            ContactWaId = contact?.Text("wa_id"u8),
            ContactUserId = contact?.Text("user_id"u8),
            ContactParentUserId = contact?.Text("parent_user_id"u8),
            ProfileName = contact?.ProfileName(),
            Username = contact?.Username(),
        };
        return place.Put(named, RawJsonText.WithContact("call"u8, call, contact));
    }
}
