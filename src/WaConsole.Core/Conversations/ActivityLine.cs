using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Writes what our people did into the thread. Preview, unread marks and order of the inbox stay as they are.</summary>
internal static class ActivityLine
{
    public static void Add(WaConsoleDb db, Conversation conversation, Caller caller, MessageContent.Activity activity, DateTime shownAtUtc, DateTime nowUtc) =>
        db.Messages.Add(new Message
        {
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            Direction = MessageDirection.None,
            Kind = MessageKind.Activity,
            ContentJson = ContentJson.Write(activity),
            AuthorId = caller.AgentId,
            AuthorName = caller.Name,
            SentAtUtc = shownAtUtc,
            CreatedAtUtc = nowUtc,
        });
}
