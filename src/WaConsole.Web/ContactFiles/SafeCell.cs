namespace WaConsole.Web.ContactFiles;

/// <summary>
/// Pure: a text that a spreadsheet program must not take for a formula. A customer chooses their own name, and whoever opens the export
/// would run it (OWASP, CSV Injection): such a cell begins with an apostrophe.
/// </summary>
internal static class SafeCell
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var trimmed = text.AsSpan().TrimStart();
        var first = trimmed.Length > 0 ? trimmed[0] : text[0];
        var risky = text[0] is '\t' or '\r' or '\n' || first is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
        return risky ? "'" + text : text;
    }
}
