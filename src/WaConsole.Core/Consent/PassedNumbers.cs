using System.Linq.Expressions;

namespace WaConsole.Core.Consent;

/// <summary>
/// Pure: what ended since a number seemed to go to somebody else, until WhatsApp said that it was the same person. Where somebody stands, what
/// there is to restore, and whether what is queued is for another follow from this alone.
/// </summary>
internal static class PassedNumbers
{
    /// <summary>The entries that bear on it; the others need not be read.</summary>
    public static readonly Expression<Func<ConsentEntry, bool>> Concern =
        entry => entry.Action == ConsentAction.Restored || (entry.Action == ConsentAction.Expired && entry.Source == ConsentSource.NumberPassed);

    /// <summary>What ended so and was not restored.</summary>
    public static IEnumerable<LedgerLine> Holding(IReadOnlyCollection<LedgerLine> lines) => Counting(lines).Where(IsEnd);

    /// <summary>Since when somebody else has the number; null where nobody else does, or it turned out so.</summary>
    public static DateTime? SinceUtc(IReadOnlyCollection<LedgerLine> lines) => Holding(lines).Select(line => (DateTime?)line.AtUtc).Max();

    /// <summary>Without what was restored and what restored it, as if neither had been written.</summary>
    public static IEnumerable<LedgerLine> Counting(IReadOnlyCollection<LedgerLine> lines)
    {
        if (lines.All(line => line.Action != ConsentAction.Restored))
        {
            return lines;
        }

        var restored = lines.Where(line => line.Action == ConsentAction.Restored).Select(line => line.AnswersEntryId).ToHashSet();
        return lines.Where(line => line.Action != ConsentAction.Restored && !(IsEnd(line) && restored.Contains(line.EntryId)));
    }

    private static bool IsEnd(LedgerLine line) => line is { Action: ConsentAction.Expired, Source: ConsentSource.NumberPassed };
}
