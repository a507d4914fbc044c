using System.Globalization;
using System.Text;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>
/// Pure: a name for display and download out of whatever somebody called a file. No path, no control or direction-changing
/// characters (which can make "exe.pdf" out of "fdp.exe"), nothing a file system reserves, at most 120 characters with the extension kept.
/// </summary>
public static class SafeFileName
{
    private const int MaxLength = 120;
    private const int MaxExtension = 12;
    private const int MaxRead = 500;
    private const string Reserved = "<>:\"|?*\\/";

    public static string Of(string name, MessageKind kind, string? mimeType)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = Clean(last.Length <= MaxRead ? last : last[..(MaxRead - MaxExtension)] + last[^MaxExtension..]).Trim(' ', '.');
        return clean.Length == 0 ? Default(kind, mimeType) : Shorten(clean);
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate)
            {
                continue;
            }

            clean.Append(rune.IsAscii && Reserved.Contains((char)rune.Value) ? "_" : rune.ToString());
        }

        return clean.ToString();
    }

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name);
        extension = extension.Length <= MaxExtension ? extension : "";
        return StoredText.Cut(name, MaxLength - extension.Length) + extension;
    }

    private static string Default(MessageKind kind, string? mimeType)
    {
        var word = kind switch
        {
            MessageKind.Image => "image",
            MessageKind.Video => "video",
            MessageKind.Audio => "audio",
            MessageKind.Sticker => "sticker",
            _ => "file",
        };
        return word + MediaTypes.ExtensionOf(mimeType ?? "");
    }
}
