namespace WaConsole.Core.Live;

/// <summary>Changes of one transaction, each once, to be published after its commit.</summary>
internal sealed class ChangeSet
{
    private readonly HashSet<LiveChange> _changes = [];

    public void Add(LiveChange change) => _changes.Add(change);

    public void AddAll(IEnumerable<LiveChange> changes) => _changes.UnionWith(changes);

    /// <summary>A message came: its line, the row of its conversation, and what stands around the lines.</summary>
    /// <param name="staysWith">See <see cref="InboxChanged"/>; only from a transaction that holds the lock of the conversation.</param>
    public void NewLine(long numberId, long conversationId, long messageId, long? staysWith = null)
    {
        Line(numberId, conversationId, messageId, staysWith);
        Header(numberId, conversationId, staysWith);
    }

    /// <summary>One message changed, and with it the row of its conversation: a tick.</summary>
    public void Line(long numberId, long conversationId, long messageId, long? staysWith = null)
    {
        Add(new InboxChanged(numberId, conversationId, staysWith));
        Add(new MessageChanged(numberId, conversationId, messageId));
    }

    /// <summary>The row of a conversation changed and what stands around its lines, but no line.</summary>
    public void Header(long numberId, long conversationId, long? staysWith = null)
    {
        Add(new InboxChanged(numberId, conversationId, staysWith));
        Add(new HeaderChanged(numberId, conversationId));
    }

    /// <summary>Anything of a conversation may have changed.</summary>
    public void Row(long numberId, long conversationId)
    {
        Add(new InboxChanged(numberId, conversationId));
        Add(new ConversationChanged(numberId, conversationId));
    }

    public void PublishTo(LiveUpdates live) => live.Publish([.. _changes]);
}
