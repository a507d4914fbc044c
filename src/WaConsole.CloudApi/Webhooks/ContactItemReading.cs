using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class ContactItemReading
{
    public static WebhookItem Preference(ItemPlace place, JsonElement preference)
    {
        if (preference.Text("value"u8) is not { Length: > 0 } value)
        {
            return place.Unreadable("The preference has no value.", preference);
        }

        var waId = preference.Text("wa_id"u8);
        var userId = preference.Text("user_id"u8);
        if (waId is null && userId is null)
        {
            return place.Unreadable("The preference does not say whose.", preference);
        }

        if ((preference.UnixTime("timestamp"u8) ?? place.EntryTime) is not { } time)
        {
            return place.Unreadable("The preference has no readable time.", preference);
        }

        var item = new UserPreferenceItem
        {
            WaId = waId,
            UserId = userId,
            ParentUserId = preference.Text("parent_user_id"u8),
            Category = preference.Text("category"u8),
            Value = value,
            Kind = value switch
            {
                "stop" => PreferenceKind.Stop,
                "resume" => PreferenceKind.Resume,
                "signup" => PreferenceKind.SignUp,
                _ => PreferenceKind.Unknown,
            },
            Detail = preference.Text("detail"u8),
            SignupId = preference.Text("signup_id"u8),
            TimestampUtc = time,
        };
        return place.Put(item, preference.GetRawText());
    }

    public static WebhookItem UserIdUpdate(ItemPlace place, JsonElement update)
    {
        var userId = update.Object("user_id"u8);
        var parent = update.Object("parent_user_id"u8);
        if (userId?.Text("current"u8) is not { Length: > 0 } current)
        {
            return place.Unreadable("The user id update has no current id.", update);
        }

        if ((update.UnixTime("timestamp"u8) ?? place.EntryTime) is not { } time)
        {
            return place.Unreadable("The user id update has no readable time.", update);
        }

        var item = new UserIdUpdateItem
        {
            WaId = update.Text("wa_id"u8),
            PreviousUserId = userId?.Text("previous"u8),
            CurrentUserId = current,
            PreviousParentUserId = parent?.Text("previous"u8),
            CurrentParentUserId = parent?.Text("current"u8),
            TimestampUtc = time,
        };
        return place.Put(item, update.GetRawText());
    }
}
