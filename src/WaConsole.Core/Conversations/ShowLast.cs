namespace WaConsole.Core.Conversations;

/// <summary>Keeps on the conversation what its row in the list draws of the newest line. The message must be saved.</summary>
internal static class ShowLast
{
    public static void Apply(Conversation conversation, Message message)
    {
        conversation.LastActivityAtUtc = conversation.LastMessageId is null || message.SentAtUtc > conversation.LastActivityAtUtc
            ? message.SentAtUtc
            : conversation.LastActivityAtUtc;
        conversation.LastMessageId = message.Id;
        conversation.LastKind = message.Kind;
        conversation.LastDirection = message.Direction;
        conversation.LastStatus = message.Status;
        Reword(conversation, message);
    }

    /// <summary>After an edit or a deletion of the newest line.</summary>
    public static void Reword(Conversation conversation, Message message) =>
        conversation.LastPreview = message.DeletedAtUtc is null
            ? Preview.Of(message.Text, message.Kind == MessageKind.Document ? message.MediaFile?.FileName : null)
            : "";
}
