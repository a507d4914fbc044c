namespace WaConsole.Core.Labels;

/// <summary>The ten colours a label may have. Stored as numbers; a screen gives each a shade for its theme.</summary>
public enum LabelColour
{
    Grey = 0,
    Green = 1,
    Blue = 2,
    Amber = 3,
    Red = 4,
    Pink = 5,
    Violet = 6,
    Brown = 7,
    Teal = 8,
    Olive = 9,
}

internal sealed class Label
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>The name folded: no two labels differ only in case, accents or spaces.</summary>
    public string NameKey { get; set; } = "";

    public LabelColour Colour { get; set; }

    public DateTime CreatedAtUtc { get; set; }
}

/// <summary>A label on a conversation. What the list draws is kept on the conversation too, see LabelIds.</summary>
internal sealed class ConversationLabel
{
    public long LabelId { get; set; }

    public long ConversationId { get; set; }
}

/// <summary>A label on a person.</summary>
internal sealed class ContactLabel
{
    public long LabelId { get; set; }

    public long ContactId { get; set; }
}
