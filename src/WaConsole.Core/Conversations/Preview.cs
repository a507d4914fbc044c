namespace WaConsole.Core.Conversations;

/// <summary>Pure: the short line of the inbox list. Empty for kinds without words; the screen names the kind.</summary>
internal static class Preview
{
    public const int MaxLength = 160;

    public static string Of(string text, string? fileName = null)
    {
        var words = string.Join(' ', Head(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var line = words.Length > 0 ? words : fileName ?? "";
        return line.Length <= MaxLength ? line : Cut(line) + "…";
    }

    private static string Head(string text) => text.Length <= MaxLength * 4 ? text : text[..(MaxLength * 4)];

    private static string Cut(string line)
    {
        var end = MaxLength - 1;
        return char.IsHighSurrogate(line[end - 1]) ? line[..(end - 1)] : line[..end];
    }
}
