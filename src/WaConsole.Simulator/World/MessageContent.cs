namespace WaConsole.Simulator.World;

/// <summary>A file in a message: an id on the simulator's media shelf, or the sender's own link.</summary>
public sealed record MediaPart(string? Id, string MimeType, string? FileName = null, bool Voice = false, string? Link = null);

public sealed record LocationPart(double Latitude, double Longitude, string? Name = null, string? Address = null);

public sealed record ContactPart(string Name, string? Phone = null, string? WaId = null);

/// <summary>A button as the customer sees it. <see cref="Kind"/> is <c>reply</c>, <c>quick_reply</c>, <c>url</c>,
/// <c>phone</c>, <c>copy_code</c> or the kind named by WhatsApp; <see cref="Value"/> is what a tap returns or opens.</summary>
public sealed record ButtonPart(string Kind, string Title, string? Value = null);

public sealed record ListRow(string Id, string Title, string? Description = null);

public sealed record ListSection(string? Title, IReadOnlyList<ListRow> Rows);

public sealed record ListPart(string Button, IReadOnlyList<ListSection> Sections);

public sealed record CardPart(MediaPart? Header, string? Text, IReadOnlyList<ButtonPart> Buttons, string? Product = null);

/// <summary>What the customer tapped: <see cref="Kind"/> is <c>button_reply</c>, <c>list_reply</c> or <c>button</c> (a template's).</summary>
public sealed record AnswerPart(string Kind, string Id, string Title, string? Description = null);

/// <summary>An empty emoji takes the reaction back.</summary>
public sealed record ReactionPart(string MessageId, string Emoji);

public sealed record OrderItem(string ProductId, int Quantity, decimal Price, string Currency);

/// <summary>The ad or post a customer came from.</summary>
public sealed record ReferralPart(
    string SourceUrl,
    string SourceId,
    string SourceType = "ad",
    string? Headline = null,
    string? Body = null,
    string? ClickId = null);

/// <summary>One message as both sides see it. <see cref="Kind"/> is WhatsApp's <c>type</c>; the other parts follow from it.</summary>
public sealed record MessageContent
{
    public required string Kind { get; init; }

    /// <summary>The body of a text, interactive or template message, or a caption.</summary>
    public string? Text { get; init; }

    public string? HeaderText { get; init; }
    public string? Footer { get; init; }

    /// <summary>The file, also the media header of an interactive or template message.</summary>
    public MediaPart? Media { get; init; }

    public LocationPart? Location { get; init; }
    public IReadOnlyList<ContactPart> Contacts { get; init; } = [];
    public IReadOnlyList<ButtonPart> Buttons { get; init; } = [];
    public ListPart? List { get; init; }
    public IReadOnlyList<CardPart> Cards { get; init; } = [];
    public AnswerPart? Answer { get; init; }
    public ReactionPart? Reaction { get; init; }
    public IReadOnlyList<OrderItem> Order { get; init; } = [];
    public string? TemplateName { get; init; }

    /// <summary>The inner type of an interactive, unsupported or system message.</summary>
    public string? SubKind { get; init; }

    public static MessageContent OfText(string text) => new() { Kind = "text", Text = text };

    public static MessageContent OfMedia(string kind, MediaPart media, string? caption = null) =>
        new() { Kind = kind, Media = media, Text = caption };
}
