using PhoneNumbers;

namespace WaConsole.Core.Countries;

/// <summary>ISO country of a person, from the phone number or else from the prefix of the business-scoped user id.</summary>
internal static class CountryOf
{
    public static string? Person(string? phone, string? userId) => Phone(phone) ?? UserId(userId);

    private static string? Phone(string? digits)
    {
        if (string.IsNullOrEmpty(digits))
        {
            return null;
        }

        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            var number = phones.Parse("+" + digits, null);

            // A number outside the numbering plan still begins with a country code.
            return phones.GetRegionCodeForNumber(number) ?? Known(phones.GetRegionCodeForCountryCode(number.CountryCode));
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string? Known(string region) => region is "ZZ" or "001" ? null : region;

    private static string? UserId(string? userId) =>
        userId is { Length: > 3 } && userId[2] == '.' && char.IsAsciiLetterUpper(userId[0]) && char.IsAsciiLetterUpper(userId[1])
            ? userId[..2]
            : null;
}
