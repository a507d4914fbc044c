using System.Text.RegularExpressions;

namespace WaConsole.Web.Components.Conversations;

public enum TextMark
{
    Plain,
    Bold,
    Italic,
    Strike,
    Code,
    CodeBlock,
    Link,
    Quote,
    Bullet,
    Numbered,
}

/// <summary>
/// A piece of a text with its meaning. <see cref="Open"/> and <see cref="Close"/> are the marks as typed, so that
/// <see cref="Source"/> gives back exactly what was parsed.
/// </summary>
public sealed record TextPiece(TextMark Mark, string Open, string Text, IReadOnlyList<TextPiece> Inner, string Close, string? Target = null)
{
    public string Source => Open + Visible(piece => piece.Source) + Close;

    /// <summary>The text without its marks.</summary>
    public string Plain => Visible(piece => piece.Plain) + (Close.EndsWith('\n') ? "\n" : "");

    private string Visible(Func<TextPiece, string> of) => Inner.Count == 0 ? Text : string.Concat(Inner.Select(of));
}

/// <summary>
/// Pure: WhatsApp's formatting to pieces (*bold*, _italic_, ~strike~, `code`, ```block```, "> quote", "- list", "1. list") and links.
/// The text is a stranger's: nothing in it becomes markup, and the work grows with its length only.
/// </summary>
public static partial class WhatsAppText
{
    private const string Fence = "```";
    private const string Marks = "*_~`";

    public static IReadOnlyList<TextPiece> Read(string text)
    {
        List<TextPiece> pieces = [];
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf(Fence, at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf(Fence, open + Fence.Length, StringComparison.Ordinal);
            if (close <= open + Fence.Length)
            {
                break;
            }

            ReadLines(text[at..open], pieces);
            pieces.Add(new TextPiece(TextMark.CodeBlock, Fence, text[(open + Fence.Length)..close], [], Fence));
            at = close + Fence.Length;
        }

        ReadLines(text[at..], pieces);
        return pieces;
    }

    public static string PlainOf(string text) =>
        text.AsSpan().IndexOfAny("*_~`") < 0 ? text : string.Concat(Read(text).Select(piece => piece.Plain));

    /// <summary>One to three emoji and nothing else: shown large.</summary>
    public static bool IsOnlyEmoji(string text)
    {
        if (text.Length is 0 or > 40)
        {
            return false;
        }

        var elements = System.Globalization.StringInfo.ParseCombiningCharacters(text);
        return elements.Length <= 3 && text.EnumerateRunes().All(rune => rune.Value is >= 0x1F000 and <= 0x1FAFF
            or >= 0x2600 and <= 0x27BF or 0x200D or 0xFE0F or 0x2B50 or 0x2764);
    }

    private static void ReadLines(string text, List<TextPiece> pieces)
    {
        var at = 0;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            ReadLine(text[at..next], pieces);
            at = next;
        }
    }

    private static void ReadLine(string line, List<TextPiece> pieces)
    {
        var (mark, prefix) = line switch
        {
            _ when line.StartsWith("> ", StringComparison.Ordinal) => (TextMark.Quote, 2),
            _ when line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal) => (TextMark.Bullet, 2),
            _ when NumberPrefix(line) is > 0 and var length => (TextMark.Numbered, length),
            _ => (TextMark.Plain, 0),
        };
        if (mark == TextMark.Plain || line.AsSpan(prefix).Trim().IsEmpty)
        {
            ReadInline(line, 0, pieces);
            return;
        }

        var ending = line.EndsWith('\n') ? "\n" : "";
        List<TextPiece> inner = [];
        ReadInline(line[prefix..(line.Length - ending.Length)], 0, inner);
        pieces.Add(new TextPiece(mark, line[..prefix], "", inner, ending));
    }

    private static int NumberPrefix(string line)
    {
        var digits = 0;
        while (digits < line.Length && digits < 3 && char.IsAsciiDigit(line[digits]))
        {
            digits++;
        }

        return digits > 0 && line.AsSpan(digits).StartsWith(". ") ? digits + 2 : 0;
    }

    /// <param name="within">Bit set of the marks we are inside of: a mark does not nest in itself.</param>
    private static void ReadInline(string text, int within, List<TextPiece> pieces)
    {
        var hopeless = within;
        var plainFrom = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var which = Marks.IndexOf(text[at], StringComparison.Ordinal);
            if (which < 0 || (hopeless & (1 << which)) != 0 || !Opens(text, at))
            {
                continue;
            }

            var close = Closing(text, at);
            if (close < 0)
            {
                hopeless |= 1 << which;
                continue;
            }

            ReadLinks(text[plainFrom..at], pieces);
            pieces.Add(Marked(which, text[(at + 1)..close], within));
            at = close;
            plainFrom = close + 1;
        }

        ReadLinks(text[plainFrom..], pieces);
    }

    private static TextPiece Marked(int which, string inside, int within)
    {
        var sign = Marks[which].ToString();
        if (which == 3)
        {
            return new TextPiece(TextMark.Code, sign, inside, [], sign);
        }

        List<TextPiece> inner = [];
        ReadInline(inside, within | (1 << which), inner);
        return new TextPiece((TextMark)(which + 1), sign, "", inner, sign);
    }

    private static bool Opens(string text, int at) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && at + 2 < text.Length && !char.IsWhiteSpace(text[at + 1]) && text[at + 1] != text[at];

    private static int Closing(string text, int open)
    {
        for (var at = text.IndexOf(text[open], open + 2); at >= 0; at = text.IndexOf(text[open], at + 1))
        {
            if (!char.IsWhiteSpace(text[at - 1]) && (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1])))
            {
                return at;
            }
        }

        return -1;
    }

    private static void ReadLinks(string text, List<TextPiece> pieces)
    {
        if (text.Length == 0)
        {
            return;
        }

        var at = 0;
        foreach (var match in Links(text))
        {
            var found = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '\'', '"', '»');
            if (SafeLink.Of(found) is not { } target)
            {
                continue;
            }

            AddPlain(text[at..match.Index], pieces);
            pieces.Add(new TextPiece(TextMark.Link, "", found, [], "", target));
            at = match.Index + found.Length;
        }

        AddPlain(text[at..], pieces);
    }

    private static List<Match> Links(string text)
    {
        if (text.AsSpan().IndexOfAny(":@") < 0)
        {
            return [];
        }

        return [.. LinkPattern().Matches(text).Cast<Match>()];
    }

    private static void AddPlain(string text, List<TextPiece> pieces)
    {
        if (text.Length > 0)
        {
            pieces.Add(new TextPiece(TextMark.Plain, "", text, [], ""));
        }
    }

    [GeneratedRegex(
        @"(?:https?://|mailto:|tel:)[^\s<>""]+|[A-Z0-9._%+-]{1,64}@[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63}){1,8}",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LinkPattern();
}
