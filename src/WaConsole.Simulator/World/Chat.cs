namespace WaConsole.Simulator.World;

/// <summary>The chat of one customer with one business number. Only touched under the world's lock.</summary>
internal sealed class Chat(string customerId, string numberId)
{
    // Keeps a long load run from filling the memory; nobody scrolls back this far on the phone.
    private const int MostLines = 2000;

    private readonly List<ChatLine> _lines = [];

    public string CustomerId { get; } = customerId;
    public string NumberId { get; } = numberId;
    public DateTimeOffset? LastInboundAt { get; set; }
    public DateTimeOffset? TypingUntil { get; set; }
    public DateTimeOffset? NumberShownUntil { get; set; }
    public DateTimeOffset? CameFromAdAt { get; set; }
    public DateTimeOffset? FreeUntil { get; set; }
    public string? FreeConversationId { get; set; }
    public IReadOnlyList<ChatLine> Lines => _lines;

    public ChatLine? Find(string wamid)
    {
        var at = IndexOf(wamid);
        return at < 0 ? null : _lines[at];
    }

    /// <summary>Adds a line and returns the ids of lines that had to go for it.</summary>
    public IReadOnlyList<string> Add(ChatLine line)
    {
        _lines.Add(line);
        if (_lines.Count <= MostLines)
        {
            return [];
        }

        List<string> gone = [.. _lines.Take(MostLines / 4).Select(old => old.Id)];
        _lines.RemoveRange(0, gone.Count);
        return gone;
    }

    public ChatLine? Change(string wamid, Func<ChatLine, ChatLine> change)
    {
        var at = IndexOf(wamid);
        return at < 0 ? null : _lines[at] = change(_lines[at]);
    }

    // What changes is nearly always recent, so the search starts at the end.
    private int IndexOf(string wamid) => _lines.FindLastIndex(line => line.Id == wamid);
}
