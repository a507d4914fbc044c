using System.Globalization;
using PhoneNumbers;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>A row as far as it can be told without looking anybody up: a person who agreed, or why not.</summary>
internal sealed record ImportRow(int Number, RowTrouble? Trouble, string Phone = "", string MatchKey = "", string Name = "", DateTime AtUtc = default, string Evidence = "");

/// <summary>Pure: what a row says under the terms of its import.</summary>
internal static class ReadImportRow
{
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    private static readonly string[] YearFirst =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy.MM.dd"];

    private static readonly string[] DayFirst = [.. YearFirst, .. Ordered("d", "M")];
    private static readonly string[] MonthFirst = [.. YearFirst, .. Ordered("M", "d")];

    private static readonly string[] Moments =
        ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"];

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

        var (at, trouble) = DateOf(row.Cell(terms.DateColumn).Trim(), terms);
        return trouble is { } bad ? new ImportRow(row.Number, bad)
            : at > nowUtc ? new ImportRow(row.Number, RowTrouble.DateInFuture)
            : new ImportRow(
                row.Number,
                null,
                phone,
                PhoneMatchKey.Of(phone),
                StoredText.Clean(row.Cell(terms.NameColumn).Trim(), EditContact.MaxNameLength).ReplaceLineEndings(" "),
                at,
                StoredText.Clean(evidence, 1_000));
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

    private static (DateTime At, RowTrouble? Trouble) DateOf(string told, ImportTerms terms)
    {
        if (told.Length == 0)
        {
            return terms.AtUtc is { } all ? (all, null) : (default, RowTrouble.DateMissing);
        }

        if (DateTimeOffset.TryParseExact(told, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return (moment.UtcDateTime, null);
        }

        if (DateTime.TryParseExact(
            told, terms.Dates == DateOrder.MonthFirst ? MonthFirst : DayFirst, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return (date, null);
        }

        return double.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and < LastSerial
            ? (DateTime.SpecifyKind(DateTime.FromOADate(serial), DateTimeKind.Utc), null)
            : (default, RowTrouble.DateInvalid);
    }

    private static string[] Ordered(string first, string second) =>
    [
        .. from mark in new[] { ".", "/", "-" }
           from time in new[] { "", " HH:mm", " HH:mm:ss" }
           select $"{first}'{mark}'{second}'{mark}'yyyy{time}",
    ];
}
