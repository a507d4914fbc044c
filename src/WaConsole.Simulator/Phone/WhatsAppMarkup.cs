namespace WaConsole.Simulator.Phone;

/// <summary>How a piece of a message looks.</summary>
internal enum MarkupStyle
{
    Plain,
    Bold,
    Italic,
    Strike,
    Code,
}

internal readonly record struct MarkupPiece(MarkupStyle Style, string Text);

/// <summary>Splits a message at WhatsApp's signs (*bold*, _italic_, ~strike~, `code`). A sign without its partner stays a sign.</summary>
internal static class WhatsAppMarkup
{
    public static IReadOnlyList<MarkupPiece> Split(string text)
    {
        List<MarkupPiece> pieces = [];
        var plainFrom = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (StyleOf(text[i]) is not { } style || !Opens(text, i) || Closing(text, i) is not { } end)
            {
                continue;
            }

            if (i > plainFrom)
            {
                pieces.Add(new MarkupPiece(MarkupStyle.Plain, text[plainFrom..i]));
            }

            pieces.Add(new MarkupPiece(style, text[(i + 1)..end]));
            plainFrom = end + 1;
            i = end;
        }

        if (plainFrom < text.Length)
        {
            pieces.Add(new MarkupPiece(MarkupStyle.Plain, text[plainFrom..]));
        }

        return pieces;
    }

    private static MarkupStyle? StyleOf(char sign) => sign switch
    {
        '*' => MarkupStyle.Bold,
        '_' => MarkupStyle.Italic,
        '~' => MarkupStyle.Strike,
        '`' => MarkupStyle.Code,
        _ => null,
    };

    private static bool Opens(string text, int at) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);

    private static int? Closing(string text, int at)
    {
        for (var i = at + 2; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == text[at] && !char.IsWhiteSpace(text[i - 1]) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
            {
                return i;
            }
        }

        return null;
    }
}
