namespace WaConsole.Core.Contacts;

/// <summary>
/// A merge a person made, with what is needed to take it back until <see cref="UndoUntilUtc"/>: the state before of both people and of
/// each pair of threads that became one, and the state after, so that what changed since can be told from what the merge changed.
/// </summary>
internal sealed class ContactMerge
{
    public long Id { get; set; }

    public long StaysId { get; set; }

    public long GoesId { get; set; }

    public DateTime AtUtc { get; set; }

    public string ByName { get; set; } = "";

    public DateTime UndoUntilUtc { get; set; }

    public DateTime? UndoneAtUtc { get; set; }

    public string? UndoneByName { get; set; }

    /// <summary>A MergeSnapshot. Emptied when the merge was undone or can no longer be.</summary>
    public string? SnapshotJson { get; set; }
}

internal enum MergedKind
{
    Message = 1,
    Outbox = 2,
    Media = 3,
    Note = 4,
    Told = 5,
}

/// <summary>A row the merge moved: whose it was. Kept as rows, not in the snapshot: a thread may have a hundred thousand messages.</summary>
internal sealed class ContactMergeRow
{
    public long MergeId { get; set; }

    public MergedKind Kind { get; set; }

    public long RowId { get; set; }

    /// <summary>The thread, or for a note or a notice the person, the row belonged to.</summary>
    public long FromId { get; set; }
}
