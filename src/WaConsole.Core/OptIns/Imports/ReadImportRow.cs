using System.Globalization;
using PhoneNumbers;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>A row as far as it can be told without looking anybody up: a person who agreed, or why not.</summary>
internal sealed record ImportRow(int Number, RowTrouble? Trouble, string Phone = "", string MatchKey = "", string Name = "", DateTime AtUtc = default, string Evidence = "")
{
    /// <summary>By which clock the date is told: the offset it brings, or the zone of the import; null for UTC.</summary>
    public string? TimeZone { get; init; }

    public string Business { get; init; } = "";

    /// <summary>Whoever agreed to one business of ours has not agreed to another.</summary>
    public string ForWhom => Business.Trim().ToUpperInvariant();

    public long? NumberId { get; init; }

    public string? PrivacyVersion { get; init; }

    public DateTime? ExpiresAtUtc { get; init; }
}

/// <summary>Pure: what a row says under the terms of its import.</summary>
internal static class ReadImportRow
{
    private const long NoNumber = 0;

    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    private static readonly string[] YearFirst =
        [
            "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy/MM/dd", "yyyy/MM/dd HH:mm",
            "yyyy/MM/dd HH:mm:ss", "yyyy.MM.dd",
        ];

    private static readonly string[] DayFirst = [.. YearFirst, .. Ordered("d", "M")];
    private static readonly string[] MonthFirst = [.. YearFirst, .. Ordered("M", "d")];

    /// <summary>With their offset from UTC: what stands without one is read before these are tried.</summary>
    private static readonly string[] Moments =
        ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss K", "yyyy-MM-dd HH:mm K"];

    /// <summary>The first day a spreadsheet can be said to mean in earnest: 1 January 1990, in its count of days.</summary>
    private const double FirstSerial = 32_874;
    private const double LastSerial = 73_050;

    public static ImportRow Of(SheetRow row, ImportTerms terms, DateTime nowUtc)
    {
        if (row.Unreadable)
        {
            return new ImportRow(row.Number, RowTrouble.Unreadable);
        }

        var told = row.Cell(terms.PhoneColumn).Trim();
        if (told.Length == 0)
        {
            return new ImportRow(row.Number, RowTrouble.PhoneMissing);
        }

        if (PhoneOf(told, terms.PhoneCountry) is not { } phone)
        {
            return new ImportRow(row.Number, RowTrouble.PhoneInvalid);
        }

        var evidence = row.Cell(terms.EvidenceColumn).Trim();
        evidence = evidence.Length > 0 ? evidence : terms.Evidence.Trim();
        if (evidence.Length == 0)
        {
            return new ImportRow(row.Number, RowTrouble.EvidenceMissing);
        }

        var number = NumberOf(row.Cell(terms.NumberColumn).Trim(), terms);
        if (number is null)
        {
            return new ImportRow(row.Number, RowTrouble.NumberUnknown);
        }

        var business = Else(row.Cell(terms.BusinessColumn), terms.BusinessName, 200);
        if (business.Length == 0)
        {
            return new ImportRow(row.Number, RowTrouble.BusinessMissing);
        }

        var (expires, ended) = ExpiryOf(row.Cell(terms.ExpiryColumn).Trim(), terms, nowUtc);
        if (ended is not null)
        {
            return new ImportRow(row.Number, ended);
        }

        var (at, zone, trouble) = DateOf(row.Cell(terms.DateColumn).Trim(), terms);
        return trouble is { } bad ? new ImportRow(row.Number, bad)
            : at > nowUtc ? new ImportRow(row.Number, RowTrouble.DateInFuture)
            : new ImportRow(
                row.Number,
                null,
                phone,
                PhoneMatchKey.Of(phone),
                StoredText.Clean(row.Cell(terms.NameColumn).Trim(), EditContact.MaxNameLength).ReplaceLineEndings(" "),
                at,
                StoredText.Clean(evidence, 1_000))
            {
                TimeZone = zone,
                Business = business,
                NumberId = number == NoNumber ? null : number,
                PrivacyVersion = Else(row.Cell(terms.PrivacyColumn), terms.PrivacyVersion, 64),
                ExpiresAtUtc = expires,
            };
    }

    /// <summary>
    /// Without a plus a number is whole when it begins with the country's own code and is one of that country: 4915100000001 is no landline of
    /// Germany, though it could be dialled as one. Otherwise it is read as people of the country write it, and at last as whole in any case.
    /// </summary>
    /// <returns>Digits with the country code; null when no such number can be.</returns>
    public static string? PhoneOf(string told, string country)
    {
        if (told.Length > 40)
        {
            return null;
        }

        var digits = PhoneMatchKey.Digits(told);
        var whole = Parsed("+" + digits, "ZZ");
        var isWhole = told.StartsWith('+') || told.StartsWith("00", StringComparison.Ordinal)
            || (!told.StartsWith('0') && whole is not null && Phones.GetCountryCodeForRegion(country) is var code and > 0
                && digits.StartsWith(code.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return isWhole ? whole : Parsed(told, country) ?? whole;
    }

    private static string? Parsed(string told, string country)
    {
        try
        {
            var number = Phones.Parse(told, country);
            return number.HasExtension || !Phones.IsValidNumber(number)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{number.CountryCode}{Phones.GetNationalSignificantNumber(number)}");
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static (DateTime At, string? Zone, RowTrouble? Trouble) DateOf(string told, ImportTerms terms) =>
        told.Length == 0 ? (terms.AtUtc ?? default, ZoneOf(terms), terms.AtUtc is null ? RowTrouble.DateMissing : null)
        : LocalOf(told, terms.Dates) is { } local ? (ImportZone.ToUtc(local, terms.Zone), ZoneOf(terms), null)
        : MomentOf(told) is { } moment
            ? (moment.UtcDateTime, moment.Offset == TimeSpan.Zero ? null : moment.ToString("zzz", CultureInfo.InvariantCulture), null)
        : (default, null, RowTrouble.DateInvalid);

    private static (DateTime? At, RowTrouble? Trouble) ExpiryOf(string told, ImportTerms terms, DateTime nowUtc)
    {
        var at = told.Length == 0 ? terms.ExpiresAtUtc
            : LocalOf(told, terms.Dates) is { } local ? ImportZone.ToUtc(!told.Contains(':') && local.TimeOfDay == TimeSpan.Zero ? local.AddDays(1) : local, terms.Zone)
            : MomentOf(told)?.UtcDateTime;
        return at <= nowUtc ? (null, RowTrouble.ExpiryInPast)
            : at is null && told.Length > 0 ? (null, RowTrouble.ExpiryInvalid)
            : (at, null);
    }

    /// <returns>Null for none of ours.</returns>
    private static long? NumberOf(string told, ImportTerms terms) =>
        told.Length == 0 ? terms.NumberId ?? NoNumber
        : terms.Numbers.TryGetValue(told.ToUpperInvariant(), out var named) ? named
        : PhoneMatchKey.Digits(told) is { Length: > 0 } digits && terms.Numbers.TryGetValue(digits, out var dialled) ? dialled
        : PhoneOf(told, terms.PhoneCountry) is { } phone && terms.Numbers.TryGetValue(phone, out var local) ? local
        : null;

    private static string Else(string told, string otherwise, int most) =>
        StoredText.Clean(told.Trim() is { Length: > 0 } said ? said : otherwise, most).ReplaceLineEndings(" ");

    private static DateTimeOffset? MomentOf(string told) =>
        DateTimeOffset.TryParseExact(told, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static string? ZoneOf(ImportTerms terms) => terms.TimeZone.Length > 0 ? terms.TimeZone : null;

    /// <summary>A date without an offset, as a clock on the wall showed it; also a spreadsheet's count of days, which knows no zone.</summary>
    private static DateTime? LocalOf(string told, DateOrder order) =>
        DateTime.TryParseExact(told, order == DateOrder.MonthFirst ? MonthFirst : DayFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : double.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and < LastSerial
            ? DateTime.FromOADate(serial)
        : null;

    private static string[] Ordered(string first, string second) =>
    [
        .. from mark in new[] { ".", "/", "-" }
           from time in new[] { "", " HH:mm", " HH:mm:ss" }
           select $"{first}'{mark}'{second}'{mark}'yyyy{time}",
    ];
}
