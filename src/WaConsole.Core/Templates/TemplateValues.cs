using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates;

/// <summary>
/// Values for one send, by field key: "header.1" or "header.name", "body.1" or "body.first_name", "button.0" (index in the template).
/// </summary>
public sealed record TemplateValues(
    IReadOnlyDictionary<string, string> Texts, long? HeaderMediaFileId = null, MessageContent.Location? HeaderLocation = null)
{
    public static TemplateValues None { get; } = new(new Dictionary<string, string>());
}

public enum TemplateFieldKind
{
    Text = 1,
    Image = 2,
    Video = 3,
    Document = 4,
    Location = 5,

    /// <summary>The part of a button's link after its fixed beginning.</summary>
    UrlSuffix = 6,
    CopyCode = 7,
}

/// <summary>One thing to fill in before a template can go out.</summary>
public sealed record TemplateField(string Key, TemplateFieldKind Kind, string Label, string? Sample, int MaxLength);

/// <summary>A template as the picker and the send form need it.</summary>
public sealed record TemplateView(
    long Id,
    string Name,
    string Language,
    string Category,
    string Status,
    string Quality,
    string? HeaderKind,
    string? HeaderText,
    string Body,
    string? Footer,
    IReadOnlyList<TemplateButton> Buttons,
    IReadOnlyList<TemplateField> Fields,
    bool Sendable,
    string? NotSendableBecause)
{
    /// <summary>The same for a column, to be read in any language.</summary>
    internal string? KeptReason { get; init; }
}
