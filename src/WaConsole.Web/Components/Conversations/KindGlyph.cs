using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>One icon and one word per kind of message, the same everywhere.</summary>
public static class KindGlyph
{
    public static RenderFragment? Of(MessageKind kind) => kind switch
    {
        MessageKind.Image => Glyphs.Picture,
        MessageKind.Video => Glyphs.Film,
        MessageKind.Audio => Glyphs.Microphone,
        MessageKind.Document => Glyphs.Document,
        MessageKind.Sticker => Glyphs.Sticker,
        MessageKind.Location => Glyphs.Pin,
        MessageKind.Contacts => Glyphs.Card,
        MessageKind.Order => Glyphs.Bag,
        MessageKind.Template => Glyphs.Template,
        MessageKind.Interactive or MessageKind.Button => Glyphs.ListLines,
        MessageKind.Note => Glyphs.Lock,
        MessageKind.System or MessageKind.Activity => Glyphs.Info,
        MessageKind.Call => Glyphs.Phone,
        MessageKind.Unsupported or MessageKind.Unknown => Glyphs.Question,
        _ => null,
    };

    /// <summary>Resource key of the word for the kind.</summary>
    public static string WordOf(MessageKind kind) => "Kind" + kind;
}
