using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Countries;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>The zone of an entry whose time was told without one: that of the person, else of the number they met, else UTC.</summary>
internal static class ConsentZone
{
    public const string Unknown = "UTC";

    /// <summary>What tells it without a question: the entry itself, or a country with one zone. Of who is erased nothing is noted.</summary>
    public static string? Of(NewConsent consent, string? country) =>
        consent.Action == ConsentAction.Erased ? Unknown
        : consent.TimeZone?.Trim() is { Length: > 0 } told ? told
        : CountryZones.OnlyOf(country);

    public static async Task<string> OfAsync(WaConsoleDb db, NewConsent consent, string? country, CancellationToken cancellationToken) =>
        Of(consent, country) ?? (consent.NumberId is { } number ? await OfNumberAsync(db, number, cancellationToken) : null) ?? Unknown;

    /// <summary>Of its business hours, else of its country where that has one.</summary>
    private static async Task<string?> OfNumberAsync(WaConsoleDb db, long numberId, CancellationToken cancellationToken)
    {
        var hours = await db.NumberHours.Where(h => h.NumberId == numberId && h.TimeZone != "").Select(h => h.TimeZone).FirstOrDefaultAsync(cancellationToken);
        if (hours is not null)
        {
            return hours;
        }

        var phone = await db.Numbers.Where(n => n.Id == numberId).Select(n => n.DisplayPhoneNumber).SingleOrDefaultAsync(cancellationToken);
        return CountryZones.OnlyOf(CountryOf.Person(string.Concat((phone ?? "").Where(char.IsAsciiDigit)), null));
    }
}
