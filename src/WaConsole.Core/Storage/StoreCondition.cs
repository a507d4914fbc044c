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
        { IsOfStore: true, IsStoreDown: true, IsConflict: false } => StoreTrouble.Refusing,
        _ => StoreTrouble.None,
    };

    internal void Refused(Exception failure)
    {
        if (TroubleOf(failure) is not StoreTrouble.None and var trouble)
        {
            _refused = new Seen(trouble, clock.GetTimestamp());
        }
    }

    internal void Worked()
    {
        if (_refused is not null)
        {
            _refused = null;
        }
    }

    private sealed record Seen(StoreTrouble Trouble, long At);
}
