using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// What entries say of ConsentSuppressions: an erasure sets the marks it names, at its own time, and any other entry ends those it names. So the
/// marks that must be there follow from the chain, as states do, and one that was removed, changed or made up is found.
/// </summary>
internal static class MarkDeeds
{
    private const int MarkBytes = 32;

    public static byte[] Pack(IReadOnlyCollection<string> marks) => [.. marks.SelectMany(Convert.FromHexString)];

    public static IEnumerable<string> Unpack(byte[] packed) => packed.Chunk(MarkBytes).Select(Convert.ToHexStringLower);

    /// <summary>Those that name marks under their MAC.</summary>
    public static IQueryable<ConsentEntry> In(WaConsoleDb db) => db.ConsentEntries.Where(e => e.Marks != null && e.Form >= EntryMac.FormWithMarks);

    /// <summary>Those that say a subject was erased: not those that honour a mark, which name none.</summary>
    public static IQueryable<ConsentEntry> Erasures(WaConsoleDb db) => In(db).Where(e => e.Action == ConsentAction.Erased);
}
