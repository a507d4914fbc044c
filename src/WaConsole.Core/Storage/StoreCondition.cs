namespace WaConsole.Core.Storage;

/// <summary>Why the database takes nothing.</summary>
public enum StoreTrouble
{
    None,
    DiskFull,

    /// <summary>Away, read-only or broken: the log has its words.</summary>
    Refusing,
}

/// <summary>
/// Whether the database took what it was last given, as this node saw it. A refusal is forgotten after a while, because where nothing
/// comes nothing can show that it works again.
/// </summary>
public sealed class StoreCondition(TimeProvider clock)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private volatile Seen? _refused;

    public StoreTrouble Current => _refused is { } seen && clock.GetElapsedTime(seen.At) < Remembered ? seen.Trouble : StoreTrouble.None;

    /// <summary>None when the database is not to blame, or only busy.</summary>
    public static StoreTrouble TroubleOf(Exception failure) => failure switch
    {
        { IsDiskFull: true } => StoreTrouble.DiskFull,
        { IsBrokenOff: true } or TimeoutException => StoreTrouble.None,
        { IsOfStore: true, IsStoreDown: true, IsConflict: false } => StoreTrouble.Refusing,
        _ => StoreTrouble.None,
    };

    /// <param name="failure">What came of writing.</param>
    internal void Refused(Exception failure) => See(failure, isRead: false);

    /// <param name="failure">What came of reading: to write may work, so that this gives way to what writers say.</param>
    internal void Unread(Exception failure)
    {
        if (_refused is null or { IsRead: true } || Current == StoreTrouble.None)
        {
            See(failure, isRead: true);
        }
    }

    internal void Worked()
    {
        if (_refused is not null)
        {
            _refused = null;
        }
    }

    /// <summary>A full disk can be read: only what a reader met is over.</summary>
    internal void Read()
    {
        if (_refused is { IsRead: true })
        {
            _refused = null;
        }
    }

    private void See(Exception failure, bool isRead)
    {
        if (TroubleOf(failure) is not StoreTrouble.None and var trouble)
        {
            _refused = new Seen(trouble, isRead, clock.GetTimestamp());
        }
    }

    private sealed record Seen(StoreTrouble Trouble, bool IsRead, long At);
}
