using PhoneNumbers;

namespace WaConsole.Core.Contacts;

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
            return phones.GetRegionCodeForNumber(phones.Parse("+" + digits, null));
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string? UserId(string? userId) =>
        userId is { Length: > 3 } && userId[2] == '.' && char.IsAsciiLetterUpper(userId[0]) && char.IsAsciiLetterUpper(userId[1])
            ? userId[..2]
            : null;
}
