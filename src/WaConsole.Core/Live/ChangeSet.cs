namespace WaConsole.Core.Live;

/// <summary>Changes of one transaction, each once, to be published after its commit.</summary>
internal sealed class ChangeSet
{
    private readonly HashSet<LiveChange> _changes = [];

    public void Add(LiveChange change) => _changes.Add(change);

    public void Row(long numberId, long conversationId)
    {
        Add(new InboxChanged(numberId, conversationId));
        Add(new ConversationChanged(numberId, conversationId));
    }

    public void PublishTo(LiveUpdates live)
    {
        foreach (var change in _changes)
        {
            live.Publish(change);
        }
    }
}
