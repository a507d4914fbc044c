using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Draws a stranger's text with WhatsApp's formatting. Everything goes out as text nodes; nothing is ever written as markup.</summary>
public sealed class FormattedText : ComponentBase
{
    private string? _drawn;
    private bool _changed;

    [Parameter, EditorRequired] public required string Text { get; set; }

    protected override void OnParametersSet()
    {
        _changed = !string.Equals(_drawn, Text, StringComparison.Ordinal);
        _drawn = Text;
    }

    protected override bool ShouldRender() => _changed;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Draw(builder, WhatsAppText.Read(Text));

    private static void Draw(RenderTreeBuilder builder, IReadOnlyList<TextPiece> pieces)
    {
        foreach (var piece in pieces)
        {
            Draw(builder, piece);
        }
    }

    private static void Draw(RenderTreeBuilder builder, TextPiece piece)
    {
        if (piece.Mark == TextMark.Plain)
        {
            builder.AddContent(0, piece.Text);
            return;
        }

        builder.OpenElement(1, Element(piece.Mark));
        if (piece.Mark is TextMark.Bullet or TextMark.Numbered)
        {
            builder.AddAttribute(2, "class", "item");
            builder.AddAttribute(3, "data-sign", piece.Mark == TextMark.Bullet ? "•" : piece.Open.TrimEnd());
        }
        else if (piece.Mark == TextMark.Link)
        {
            builder.AddAttribute(4, "href", piece.Target);
            builder.AddAttribute(5, "target", "_blank");
            builder.AddAttribute(6, "rel", "noopener noreferrer nofollow");
        }

        if (piece.Inner.Count == 0)
        {
            builder.AddContent(7, piece.Text);
        }
        else
        {
            Draw(builder, piece.Inner);
        }

        builder.CloseElement();
    }

    private static string Element(TextMark mark) => mark switch
    {
        TextMark.Bold => "strong",
        TextMark.Italic => "em",
        TextMark.Strike => "s",
        TextMark.Code => "code",
        TextMark.CodeBlock => "pre",
        TextMark.Link => "a",
        TextMark.Quote => "blockquote",
        _ => "span",
    };
}
