namespace WaConsole.Core.Hours;

/// <summary>
/// Pure: whether a text names a way to a person: a phone number, an e-mail address or a web address. WhatsApp asks automatic messages for
/// one (Business Messaging Policy, 2026).
/// </summary>
public static class HumanWay
{
    private const int FewestDigits = 6;

    public static bool IsNamedIn(string text) => HasNumber(text) || text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(IsAddress);

    /// <summary>Digits with what people write between them; a date or opening hours are shorter or hold other signs.</summary>
    private static bool HasNumber(string text)
    {
        var digits = 0;
        foreach (var sign in text)
        {
            if (char.IsDigit(sign))
            {
                digits++;
                if (digits >= FewestDigits)
                {
                    return true;
                }
            }
            else if (sign is not (' ' or '-' or '(' or ')' or '/' or '.' or '\u00A0' or '+'))
            {
                digits = 0;
            }
        }

        return false;
    }

    private static bool IsAddress(string word)
    {
        var trimmed = word.Trim('.', ',', ';', ':', '!', '?', '(', ')', '<', '>', '"', '\'', '*', '_', '।', '،');
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        if (at > 0)
        {
            return HasDomain(trimmed[(at + 1)..]);
        }

        return (trimmed.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                || trimmed.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("wa.me/", StringComparison.OrdinalIgnoreCase))
            && HasDomain(trimmed);
    }

    private static bool HasDomain(string text) => text.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && dot < text.Length - 1;
}
