namespace WaConsole.Core.Live;

/// <summary>
/// What changed since the last refresh, each once. <see cref="Everything"/>: more than was worth telling apart, or something may have
/// been missed; read all of it again.
/// </summary>
public sealed record LiveNews(IReadOnlyCollection<LiveChange> Changes, bool Everything)
{
    public static LiveNews All { get; } = new([], Everything: true);

    /// <summary>Conversations whose row changed.</summary>
    public IReadOnlyCollection<long> Rows => RowsOf(null);

    /// <summary>Conversations whose row changed, of one number or (null) of any.</summary>
    public IReadOnlyCollection<long> RowsOf(long? numberId) => Changes.OfType<InboxChanged>()
        .Where(change => numberId is null || change.NumberId == numberId)
        .Select(change => change.ConversationId).ToHashSet();

    /// <summary>Lines that came or changed; null when any line may have.</summary>
    public IReadOnlyCollection<long>? Lines => Everything || Changes.Any(change => change is ConversationChanged)
        ? null
        : [.. Changes.OfType<MessageChanged>().Select(change => change.MessageId).Distinct()];
}

/// <summary>Collects changes until somebody takes them. Bounded: past its capacity it only remembers that everything is to be read again.</summary>
public sealed class NewsBuffer(int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<LiveChange> _changes = [];
    private bool _everything;

    public void Add(LiveChange change)
    {
        lock (_gate)
        {
            if (_everything)
            {
                return;
            }

            if (_changes.Count < capacity)
            {
                _changes.Add(change);
            }
            else if (!_changes.Contains(change))
            {
                Overflow();
            }
        }
    }

    public void AddEverything()
    {
        lock (_gate)
        {
            Overflow();
        }
    }

    /// <returns>Null when there is none.</returns>
    public LiveNews? Take()
    {
        lock (_gate)
        {
            if (_everything)
            {
                _everything = false;
                return LiveNews.All;
            }

            if (_changes.Count == 0)
            {
                return null;
            }

            var news = new LiveNews([.. _changes], Everything: false);
            _changes.Clear();
            return news;
        }
    }

    private void Overflow()
    {
        _everything = true;
        _changes.Clear();
    }
}
