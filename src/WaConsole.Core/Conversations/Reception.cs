using WaConsole.Core.Live;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Where an item arrived: the business number (null for news about the whole account), the portfolio that scopes user ids, and what
/// to publish once the transaction is committed.
/// </summary>
internal sealed class Reception(long? numberId, string scope, DateTime nowUtc, ChangeSet changes, Arrivals arrivals)
{
    public long? NumberId { get; } = numberId;

    public string Scope { get; } = scope;

    /// <summary>Real time: leases, queues and first-seen marks. What the customer did carries WhatsApp's timestamp instead.</summary>
    public DateTime NowUtc { get; } = nowUtc;

    public ChangeSet Changes { get; } = changes;

    public Arrivals Arrivals { get; } = arrivals;

    /// <summary>A file waits to be fetched.</summary>
    public bool MediaWaits { get; set; }

    /// <summary>A message was stored under this id, or got it: items that waited for it can be joined.</summary>
    public string? AppearedWamid { get; set; }
}

/// <summary>What became of one item. Only <see cref="Stored"/> changes rows.</summary>
internal abstract record Recorded
{
    private Recorded()
    {
    }

    public sealed record Stored : Recorded;

    public sealed record Duplicate : Recorded;

    /// <summary>The message it belongs to is not here yet.</summary>
    public sealed record WaitsFor(string Wamid) : Recorded;

    /// <summary>It cannot be handled; the sentence is for an admin and holds nothing of its content.</summary>
    public sealed record Refused(string Reason) : Recorded;
}
