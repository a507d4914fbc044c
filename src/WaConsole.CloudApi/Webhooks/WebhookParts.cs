using System.Text;
using System.Text.Json;

namespace WaConsole.CloudApi;

internal delegate WebhookItem ReadItem(ItemPlace place, JsonElement item, ContactBook contacts);

/// <summary>The parts of each field that brings lists. A field whose value is one item has none.</summary>
internal static class WebhookParts
{
    public static KnownParts Conversation { get; } = new(
    [
        new("messages", MessageReading.Inbound),
        new("statuses", StatusReading.Read),
        new("message_echoes", MessageReading.Echo),
        new("calls", CallReading.Event),
        new("user_preferences", (here, item, _) => ContactItemReading.Preference(here, item)),
        new("user_id_update", (here, item, _) => ContactItemReading.UserIdUpdate(here, item)),
        new("user_actions", (here, item, _) => EventReading.UserAction(here, item)),
        new("errors", (here, item, _) => EventReading.Error(here, item)),
        new("conversation_context", (here, item, _) => RoutingReading.Summary(here, item), IsList: false),
    ]);

    public static KnownParts Group { get; } = new([new("groups", (here, item, _) => GroupReading.Read(here, item)), Errors]);

    public static KnownParts History { get; } = new(
    [
        new("history", (here, item, _) => PhoneAppReading.History(here, item)),
        new("messages", PhoneAppReading.Media),
        new("message_echoes", PhoneAppReading.OwnMedia),
        Errors,
    ]);

    public static KnownParts AppState { get; } =
        new([new("state_sync", (here, item, _) => PhoneAppReading.Contact(here, item)), Errors]);

    public static KnownParts Standby { get; } = new(
    [
        new("messages", RoutingReading.StandbyMessage, Path: "standby.messages"),
        new("statuses", RoutingReading.StandbyStatus, Path: "standby.statuses"),
        new("message_echoes", RoutingReading.StandbyEcho, Path: "standby.message_echoes"),
    ],
    Prefix: "standby.");

    public static KnownParts Automatic { get; } =
        new([new("automatic_events", (here, item, _) => EventReading.Automatic(here, item)), Errors]);

    public static KnownParts Tracking { get; } =
        new([new("events", (here, item, _) => EventReading.Tracking(here, item)), Errors]);

    private static KnownPart Errors => new("errors", (here, item, _) => EventReading.Error(here, item));
}

/// <summary>What can stand in the value of a field that brings lists; any other part becomes one item.</summary>
internal sealed record KnownParts(KnownPart[] All, string? Prefix = null)
{
    /// <summary>The part that holds the parts.</summary>
    public string? Whole { get; } = Prefix?.TrimEnd('.');

    public KnownPart? Find(JsonProperty part)
    {
        foreach (var known in All)
        {
            if (part.NameEquals(known.Utf8))
            {
                return part.Value.ValueKind == (known.IsList ? JsonValueKind.Array : JsonValueKind.Object) ? known : null;
            }
        }

        return null;
    }
}

internal sealed record KnownPart(string Name, ReadItem Read, bool IsList = true, string? Path = null)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

    public string Path { get; } = Path ?? Name;
}
