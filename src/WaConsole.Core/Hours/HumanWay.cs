namespace WaConsole.Core.Hours;

/// <summary>
/// Pure: whether a text names a way to a person: a phone number, an e-mail address or a web address. WhatsApp asks automatic messages for
/// one (Business Messaging Policy, 2026).
/// </summary>
public static class HumanWay
{
    private const int FewestDigits = 6;
    private const string Between = " -()/.+\u00A0";

    public static bool IsNamedIn(string text) => HasNumber(text) || text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(IsAddress);

    private static bool HasNumber(string text)
    {
        var begun = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && (char.IsDigit(text[at]) || Between.Contains(text[at])))
            {
                begun = begun < 0 ? at : begun;
            }
            else if (begun >= 0)
            {
                if (IsNumber(text[begun..at]))
                {
                    return true;
                }

                begun = -1;
            }
        }

        return false;
    }

    /// <summary>Digits and what people write between them; not a date, and not opening hours.</summary>
    private static bool IsNumber(string run)
    {
        var groups = run.Split(Between.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        var isDate = groups is [{ Length: <= 2 }, { Length: <= 2 }, { Length: 2 or 4 }] or [{ Length: 4 }, { Length: <= 2 }, { Length: <= 2 }];
        var areTimes = groups.Length <= 4 && Array.TrueForAll(groups, group => group.Length <= 2);
        return groups.Sum(group => group.Length) >= FewestDigits && (run.Contains('+') || (!isDate && !areTimes));
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
