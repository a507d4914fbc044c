using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates;

public enum TemplateFieldKind
{
    Text = 1,
    Image = 2,
    Video = 3,
    Document = 4,
    Location = 5,

    /// <summary>The part of a button's link after its fixed beginning.</summary>
    UrlSuffix = 6,

    /// <summary>A coupon to copy.</summary>
    CopyCode = 7,

    /// <summary>The code of an authentication template.</summary>
    OneTimeCode = 8,

    /// <summary>A product of the catalogue, by the id the catalogue gives it.</summary>
    Product = 9,

    /// <summary>The catalogue the products of headers are in.</summary>
    Catalogue = 10,

    /// <summary>Groups of products: <see cref="TemplateValues.Sections"/>.</summary>
    Products = 11,

    /// <summary>Comes back to us when the button is pressed.</summary>
    Payload = 12,

    /// <summary>Data for the first screen of a form: a JSON object.</summary>
    FormData = 13,

    /// <summary>When the offer ends: ISO 8601.</summary>
    Moment = 14,

    /// <summary>How long a call button works.</summary>
    Minutes = 15,

    /// <summary>Meta's order_details object, which differs by country and payment provider: JSON.</summary>
    OrderDetails = 16,
}

/// <summary>One thing to fill in before a template can go out. <see cref="Card"/>: the carousel's card it belongs to, from 0.</summary>
public sealed record TemplateField(
    string Key, TemplateFieldKind Kind, string Label, string? Sample, int MaxLength, bool Required = true, int? Card = null)
{
    internal const string HeaderMedia = "header.media";

    public bool IsFile => Kind is TemplateFieldKind.Image or TemplateFieldKind.Video or TemplateFieldKind.Document;
}

/// <summary>A carousel's card: a picture or film with words, or a product.</summary>
public sealed record TemplateCardView(string? HeaderKind, string Body, IReadOnlyList<TemplateButton> Buttons);

/// <summary>A limited-time offer; <see cref="Ends"/> when its end is given with each send.</summary>
public sealed record TemplateOfferView(string Text, bool Ends);

/// <summary>A template as the picker and the send form need it. <see cref="Fields"/> holds those of the cards too.</summary>
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
    public const int MostCards = TemplateCards.Most;

    public IReadOnlyList<TemplateCardView> Cards { get; init; } = [];

    public TemplateOfferView? Offer { get; init; }

    /// <summary>Room for the body once it is filled in.</summary>
    public int BodyLimit { get; init; } = TemplateDefinition.BodyLimit;

    /// <summary>Of product cards two are defined and up to ten may be sent (Meta, Product card carousel templates, 2025).</summary>
    public bool CardsMayGrow => Cards is [{ HeaderKind: "PRODUCT" }, ..];

    /// <summary>The last day one of our numbers sent it, in UTC.</summary>
    public DateOnly? LastUsedOn { get; init; }

    /// <summary>The reason for a column, to be read in any language.</summary>
    internal string? KeptReason { get; init; }

    /// <summary>Everything to fill in for so many cards.</summary>
    public IReadOnlyList<TemplateField> FieldsFor(int? cards) => TemplateCards.Fields(this, cards);
}
