namespace WaConsole.Simulator.World;

/// <summary>The chat of one customer with one business number. Only touched under the world's lock.</summary>
internal sealed class Chat(string customerId, string numberId)
{
    // Keeps a long load run from filling the memory; nobody scrolls back this far on the phone.
    private const int MostLines = 2000;

    private readonly List<ChatLine> _lines = [];
    private readonly Dictionary<string, long> _placeOf = new(StringComparer.Ordinal);
    private long _dropped;

    public string CustomerId { get; } = customerId;
    public string NumberId { get; } = numberId;
    public DateTimeOffset? LastInboundAt { get; set; }
    public DateTimeOffset? TypingUntil { get; set; }
    public DateTimeOffset? NumberShownUntil { get; set; }
    public DateTimeOffset? CameFromAdAt { get; set; }
    public DateTimeOffset? FreeUntil { get; set; }
    public string? FreeConversationId { get; set; }

    /// <summary>The role that answers this chat when it is not us; then our service messages are refused with 131070.</summary>
    public string? OtherOwner { get; set; }

    public List<DateTimeOffset> CallRequests { get; } = [];

    /// <summary>Until when the customer lets the business call; <see cref="DateTimeOffset.MaxValue"/> for good.</summary>
    public DateTimeOffset? MayCallUntil { get; set; }

    public IReadOnlyList<ChatLine> Lines => _lines;

    public bool WindowOpen(DateTimeOffset now) => LastInboundAt + SimulatedWhatsApp.ServiceWindow > now;

    public ChatLine? Find(string wamid)
    {
        var at = IndexOf(wamid);
        return at < 0 ? null : _lines[at];
    }

    /// <summary>Adds a line and returns the ids of lines that had to go for it.</summary>
    public IReadOnlyList<string> Add(ChatLine line)
    {
        _placeOf[line.Id] = _dropped + _lines.Count;
        _lines.Add(line);
        if (_lines.Count <= MostLines)
        {
            return [];
        }

        List<string> gone = [.. _lines.Take(MostLines / 4).Select(old => old.Id)];
        _lines.RemoveRange(0, gone.Count);
        _dropped += gone.Count;
        gone.ForEach(id => _placeOf.Remove(id));
        return gone;
    }

    public ChatLine? Change(string wamid, Func<ChatLine, ChatLine> change)
    {
        var at = IndexOf(wamid);
        return at < 0 ? null : _lines[at] = change(_lines[at]);
    }

    private int IndexOf(string wamid) => _placeOf.TryGetValue(wamid, out var place) ? (int)(place - _dropped) : -1;
}
