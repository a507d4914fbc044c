using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>The clock by which the dates of a list were written that bring no offset from UTC of their own.</summary>
internal static class ImportZone
{
    /// <summary>
    /// A time that the clock change skips is counted with the offset before the change, one that it doubles is the first of the two
    /// (RFC 5545, section 3.3.5): of two readings the earlier never outranks a stop that came between them.
    /// </summary>
    public static DateTime ToUtc(DateTime told, TimeZoneInfo zone)
    {
        var local = DateTime.SpecifyKind(told, DateTimeKind.Unspecified);
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>That of the business hours of the number, or of the first number that has some; null when none has.</summary>
    public static Task<string?> UsualAsync(WaConsoleDb db, long? numberId, CancellationToken cancellationToken) =>
        db.NumberHours.AsNoTracking().Where(h => h.TimeZone != "")
            .OrderBy(h => h.NumberId == numberId ? 0 : 1).ThenBy(h => h.NumberId)
            .Select(h => h.TimeZone).FirstOrDefaultAsync(cancellationToken);
}
