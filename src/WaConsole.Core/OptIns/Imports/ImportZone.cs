using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Countries;
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

    /// <summary>That of the number; without one, of the first number that has business hours; null when none has.</summary>
    public static async Task<string?> UsualAsync(WaConsoleDb db, long? numberId, CancellationToken cancellationToken) =>
        (numberId is { } number ? (await OfNumbersAsync(db, cancellationToken)).GetValueOrDefault(number) : null)
        ?? await db.NumberHours.AsNoTracking().Where(h => h.TimeZone != "").OrderBy(h => h.NumberId).Select(h => h.TimeZone).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Of the business hours of each number, else of its country: where that has several, the one that reads a date as the earliest.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> OfNumbersAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var hours = await db.NumberHours.AsNoTracking().Where(h => h.TimeZone != "").ToDictionaryAsync(h => h.NumberId, h => h.TimeZone, cancellationToken);
        var numbers = await db.Numbers.AsNoTracking().Select(n => new { n.Id, n.DisplayPhoneNumber }).ToListAsync(cancellationToken);
        return numbers
            .Select(number => (number.Id, Zone: hours.GetValueOrDefault(number.Id)
                ?? CountryZones.EasternmostOf(CountryOf.Person(PhoneMatchKey.Digits(number.DisplayPhoneNumber), null))))
            .Where(number => number.Zone is not null).ToDictionary(number => number.Id, number => number.Zone!);
    }
}
