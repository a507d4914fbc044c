using System.Text.Json;

namespace WaConsole.Simulator.World;

/// <summary>A file in a message: an id on the simulator's media shelf, or the sender's own link.</summary>
public sealed record MediaPart(string? Id, string MimeType, string? FileName = null, bool Voice = false, string? Link = null)
{
    /// <summary>For a header: <c>image</c>, <c>video</c>, <c>document</c> or <c>gif</c>. Otherwise the message's own kind.</summary>
    public string? Kind { get; init; }
}

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

/// <summary>What a customer filled in: a Flow (<see cref="Name"/> is <c>flow</c>) or an address (<c>address_message</c>).</summary>
/// <param name="ResponseJson">The answers as WhatsApp passes them on: JSON in a text.</param>
public sealed record FormPart(string Name, string Body, string ResponseJson);

/// <summary>Whether the customer lets the business call.</summary>
public sealed record CallPermissionPart(bool Accepted, bool Permanent, DateTimeOffset? Until, bool Automatic = false);

/// <summary>The product a question is about.</summary>
public sealed record ProductPart(string CatalogId, string ProductId);

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
    string? ClickId = null,
    string MediaType = "image",
    string? ImageUrl = null,
    string? VideoUrl = null,
    string? ThumbnailUrl = null,
    string? Welcome = null,
    string? Ref = null);

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

    public FormPart? Form { get; init; }
    public CallPermissionPart? CallPermission { get; init; }

    /// <summary>The product a text asks about.</summary>
    public ProductPart? Product { get; init; }

    /// <summary>For an edit or a deletion: the message it changes.</summary>
    public string? TargetId { get; init; }

    /// <summary>The code of a message whose content did not come through.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>1 for a forwarded message, 2 for one forwarded many times.</summary>
    public int Forwarded { get; init; }

    /// <summary>Members for the webhook's message that this list has no part for; they are put in as they are.</summary>
    public JsonElement? Wire { get; init; }

    public static MessageContent OfText(string text) => new() { Kind = "text", Text = text };

    public static MessageContent OfMedia(string kind, MediaPart media, string? caption = null) =>
        new() { Kind = kind, Media = media, Text = caption };
}
