using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: the short line of the inbox list. Empty for kinds without words; the screen names the kind.</summary>
internal static class Preview
{
    public const int MaxLength = 160;

    public static string Of(string text, string? fileName = null)
    {
        var words = string.Join(' ', Head(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var line = words.Length > 0 ? words : fileName ?? "";
        return line.Length <= MaxLength ? line : StoredText.Cut(line, MaxLength - 1) + "…";
    }

    private static string Head(string text) => StoredText.Cut(text, MaxLength * 4);
}
