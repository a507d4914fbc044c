namespace WaConsole.Simulator.Phone;

/// <summary>How a piece of a message looks.</summary>
internal enum MarkupStyle
{
    Plain,
    Bold,
    Italic,
    Strike,
    Code,

    /// <summary>Three backticks: may run over several lines.</summary>
    Block,

    /// <summary>A web address; the only kind of link a message can hold.</summary>
    Link,
}

internal readonly record struct MarkupPiece(MarkupStyle Style, string Text);

/// <summary>Splits a message at WhatsApp's signs (*bold*, _italic_, ~strike~, `code`, ```block```) and web addresses. A sign without its partner stays a sign.</summary>
internal static class WhatsAppMarkup
{
    private const string Fence = "```";

    public static IReadOnlyList<MarkupPiece> Split(string text)
    {
        List<MarkupPiece> pieces = [];
        var plainFrom = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Piece(text, i) is not var (style, from, to, next))
            {
                continue;
            }

            if (i > plainFrom)
            {
                pieces.Add(new MarkupPiece(MarkupStyle.Plain, text[plainFrom..i]));
            }

            pieces.Add(new MarkupPiece(style, text[from..to]));
            plainFrom = next;
            i = next - 1;
        }

        if (plainFrom < text.Length)
        {
            pieces.Add(new MarkupPiece(MarkupStyle.Plain, text[plainFrom..]));
        }

        return pieces;
    }

    private static (MarkupStyle Style, int From, int To, int Next)? Piece(string text, int at)
    {
        if (text.AsSpan(at).StartsWith(Fence, StringComparison.Ordinal)
            && text.IndexOf(Fence, at + Fence.Length, StringComparison.Ordinal) is var fence && fence > at + Fence.Length)
        {
            return (MarkupStyle.Block, at + Fence.Length, fence, fence + Fence.Length);
        }

        if (LinkEnd(text, at) is { } linkEnd)
        {
            return (MarkupStyle.Link, at, linkEnd, linkEnd);
        }

        return StyleOf(text[at]) is { } style && Opens(text, at) && Closing(text, at) is { } end
            ? (style, at + 1, end, end + 1)
            : null;
    }

    private static int? LinkEnd(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (!(rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
        {
            return null;
        }

        var length = rest.IndexOfAny(" \n\r\t<>\"") is var space and >= 0 ? space : rest.Length;
        var link = rest[..length].TrimEnd(".,;:!?)*_~'");
        return Uri.TryCreate(link.ToString(), UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? at + link.Length : null;
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
