using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// A piece of the chats a number had before it came here from the WhatsApp Business app (<c>history</c>; coexistence,
/// 2026). Pieces come in any order. They open no service window, and nothing may answer them.
/// </summary>
public sealed record HistoryItem : WebhookItem
{
    /// <summary>0: the last day; 1: up to 90 days; 2: up to 180 days.</summary>
    public int? Phase { get; init; }

    public int? ChunkOrder { get; init; }

    /// <summary>Percent of the whole.</summary>
    public int? Progress { get; init; }

    public IReadOnlyList<HistoryThread> Threads { get; init; } = [];

    /// <summary>2593109: the business does not share its history.</summary>
    public IReadOnlyList<CloudApiError> Errors { get; init; } = [];
}

/// <param name="Id">Normally the customer's phone, digits.</param>
/// <param name="Unreadable">Messages without id or time, which only the piece's raw JSON has.</param>
public sealed record HistoryThread(
    string? Id,
    string? WaId,
    string? UserId,
    string? ParentUserId,
    string? Username,
    IReadOnlyList<HistoryMessage> Messages,
    int Unreadable);

/// <param name="Message">An <see cref="EchoItem"/> when the business wrote it.</param>
/// <param name="Status">For example <c>READ</c>.</param>
public sealed record HistoryMessage(MessageItem Message, string? Status);

/// <summary>The file of a message that came before as a placeholder. Not a new message.</summary>
public sealed record HistoryMediaItem(MessageItem Message) : WebhookItem;

/// <summary>A contact of the WhatsApp Business app (<c>smb_app_state_sync</c>); a change comes as <c>add</c>.</summary>
public sealed record AppContactItem : WebhookItem
{
    /// <summary><c>add</c> or <c>remove</c>.</summary>
    public string? Action { get; init; }

    public string? FullName { get; init; }

    public string? FirstName { get; init; }

    public string? PhoneNumber { get; init; }

    public string? UserId { get; init; }

    public string? ParentUserId { get; init; }

    public string? Username { get; init; }

    public DateTime? TimestampUtc { get; init; }
}

internal static class PhoneAppReading
{
    public static WebhookItem History(ItemPlace place, JsonElement piece)
    {
        var about = piece.Object("metadata"u8);
        var threads = new List<HistoryThread>();
        foreach (var thread in piece.Items("threads"u8))
        {
            threads.Add(Thread(place, thread));
        }

        var item = new HistoryItem
        {
            Phase = about?.Int("phase"u8),
            ChunkOrder = about?.Int("chunk_order"u8),
            Progress = about?.Int("progress"u8),
            Threads = threads,
            Errors = CloudApiErrorReading.FromWebhook(piece),
        };
        return place.Put(item, piece.GetRawText());
    }

    public static WebhookItem Media(ItemPlace place, JsonElement message, ContactBook contacts) =>
        Wrap(place, MessageReading.Inbound(place, message, contacts));

    public static WebhookItem OwnMedia(ItemPlace place, JsonElement message, ContactBook contacts) =>
        Wrap(place, MessageReading.Echo(place, message, contacts));

    public static WebhookItem Contact(ItemPlace place, JsonElement sync)
    {
        var contact = sync.Object("contact"u8);
        var item = new AppContactItem
        {
            Action = sync.Text("action"u8),
            FullName = contact?.Text("full_name"u8),
            FirstName = contact?.Text("first_name"u8),
            PhoneNumber = contact?.Text("phone_number"u8),
            UserId = contact?.Text("user_id"u8),
            ParentUserId = contact?.Text("parent_user_id"u8),
            Username = contact?.Text("username"u8)?.TrimStart('@'),
            TimestampUtc = sync.Object("metadata"u8)?.UnixTime("timestamp"u8) ?? place.EntryTime,
        };
        return place.Put(item, sync.GetRawText());
    }

    private static WebhookItem Wrap(ItemPlace place, WebhookItem inner) =>
        inner is MessageItem message ? place.Put(new HistoryMediaItem(message), inner.RawJson) : inner;

    private static HistoryThread Thread(ItemPlace place, JsonElement thread)
    {
        var messages = new List<HistoryMessage>();
        var unreadable = 0;
        foreach (var message in thread.Items("messages"u8))
        {
            var read = message.Text("to"u8) is null
                ? MessageReading.Inbound(place, message, ContactBook.Empty)
                : MessageReading.Echo(place, message, ContactBook.Empty);
            if (read is MessageItem found)
            {
                messages.Add(new(found, message.Object("history_context"u8)?.Text("status"u8)));
            }
            else
            {
                unreadable++;
            }
        }

        var customer = thread.Object("context"u8);
        return new(
            thread.Text("id"u8),
            customer?.Text("wa_id"u8),
            customer?.Text("user_id"u8),
            customer?.Text("parent_user_id"u8),
            customer?.Text("username"u8)?.TrimStart('@'),
            messages,
            unreadable);
    }
}
