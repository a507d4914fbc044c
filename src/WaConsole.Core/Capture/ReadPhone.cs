using PhoneNumbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

/// <summary>Pure: a phone number as a visitor types it, with the country chosen beside it.</summary>
public static class ReadPhone
{
    private const int Longest = 40;

    /// <summary>Every country a number may be of, by ISO code.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. PhoneNumberUtil.GetInstance().GetSupportedRegions().Order(StringComparer.Ordinal)];

    public static int CallingCode(string country) => PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(country);

    /// <returns>Digits with country code; null for what is no number of that country, nor of another when it begins with a plus.</returns>
    public static string? Run(string? typed, string? country)
    {
        if (StoredText.CleanOrNull(typed?.Trim()) is not { Length: <= Longest } text || text.Any(char.IsLetter))
        {
            return null;
        }

        var phones = PhoneNumberUtil.GetInstance();
        try
        {
            var number = phones.Parse(text, country is not null && Countries.Contains(country) ? country : null);
            return phones.IsValidNumber(number) ? phones.Format(number, PhoneNumberFormat.E164)[1..] : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
