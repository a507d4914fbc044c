namespace WaConsole.Web.Live;

/// <summary>
/// What a connected program hears: that something changed, with ids only (strings, as in the REST API). It reads what it needs over REST.
/// Calls may be lost or repeated: whatever is shown is read again on <see cref="Resync"/>.
/// </summary>
public interface ILiveClient
{
    /// <summary>A message, tick, reaction or file of a conversation, or its window.</summary>
    Task ConversationChanged(string conversationId, string numberId);

    /// <summary>A row of the conversation list: activity, status, assignee, unread, window.</summary>
    Task InboxChanged(string conversationId, string numberId);

    Task TemplatesChanged(string businessAccountId);

    Task NumbersChanged(string businessAccountId);

    /// <summary>Names, identifiers, labels, fields or blocks of a person. Only callers who may see every number hear it; others hear of their conversations.</summary>
    Task ContactChanged(string contactId);

    /// <summary>A label was made, renamed, recoloured or deleted.</summary>
    Task LabelsChanged();

    /// <summary>Read again: the connection hears from now on, or more changed than was worth telling one by one.</summary>
    Task Resync();
}
