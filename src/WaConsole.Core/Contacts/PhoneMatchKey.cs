namespace WaConsole.Core.Contacts;

/// <summary>
/// One key for all spellings of one phone number. WhatsApp and address books disagree on the ninth digit of Brazilian
/// mobiles, on the 9 after Argentina's country code and on the 1 after Mexico's; the short form is the key.
/// </summary>
public static class PhoneMatchKey
{
    private const int AreaCodeEnd = 4;

    public static string Of(string phone)
    {
        var digits = Digits(phone);
        return digits switch
        {
            // 55, two digits of area, 9, and a mobile's old eight digits, which began with 6 to 9.
            { Length: 13 } when digits.StartsWith("55", StringComparison.Ordinal) && digits[AreaCodeEnd] == '9'
                && digits[AreaCodeEnd + 1] >= '6' => digits.Remove(AreaCodeEnd, 1),
            { Length: 13 } when digits.StartsWith("549", StringComparison.Ordinal) => digits.Remove(2, 1),
            { Length: 13 } when digits.StartsWith("521", StringComparison.Ordinal) => digits.Remove(2, 1),
            _ => digits,
        };
    }

    /// <summary>The digits alone, without plus, spaces and an international 00.</summary>
    public static string Digits(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }
}
