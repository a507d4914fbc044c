namespace WaConsole.Core.Templates.Drafts;

/// <summary>
/// A template as somebody composes it: everything the API takes today (Meta, Template components and the pages of each kind, 2025 and
/// 2026). Words such as a category are WhatsApp's. What is not known here is kept as raw JSON and goes back as it came.
/// </summary>
public sealed record ComposedTemplate
{
    /// <summary>The only <see cref="DisplayFormat"/> there is.</summary>
    public const string OrderDetailsFormat = "ORDER_DETAILS";

    public string Name { get; init; } = "";

    /// <summary>WhatsApp's code, such as <c>en_US</c>.</summary>
    public string Language { get; init; } = "";

    /// <summary>MARKETING, UTILITY or AUTHENTICATION.</summary>
    public string Category { get; init; } = TemplateCategories.Marketing;

    /// <summary>Variables are words (<c>{{first_name}}</c>) instead of numbers.</summary>
    public bool Named { get; init; }

    /// <summary>How long delivery is tried, in seconds; -1 is 30 days; null is WhatsApp's default.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>WhatsApp does not count taps on its links.</summary>
    public bool OptedOutOfLinkTracking { get; init; }

    public string? SubCategory { get; init; }

    /// <summary>ORDER_DETAILS for a template with such a button.</summary>
    public string? DisplayFormat { get; init; }

    /// <summary>Null for none.</summary>
    public ComposedHeader? Header { get; init; }

    public ComposedText Body { get; init; } = ComposedText.Empty;

    /// <summary>Null for none.</summary>
    public string? Footer { get; init; }

    public IReadOnlyList<ComposedButton> Buttons { get; init; } = [];

    public ComposedOffer? Offer { get; init; }

    /// <summary>Empty for none.</summary>
    public IReadOnlyList<ComposedCard> Cards { get; init; } = [];

    public bool AsksToCall { get; init; }

    /// <summary>The fixed form of sign-in codes. Set for the category AUTHENTICATION, whose header, body, footer and buttons it replaces.</summary>
    public ComposedCode? Code { get; init; }

    /// <summary>
    /// Parts that the chosen category or layout has no place for: kept with the draft, given back when there is a place again, and never
    /// handed in. Null for none.
    /// </summary>
    public ComposedTemplate? Aside { get; init; }

    /// <summary>Components that are not known here, each as JSON.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Members of known components that are not known here: JSON object by the component's type.</summary>
    public IReadOnlyDictionary<string, string> Rest { get; init; } = new Dictionary<string, string>();
}

public static class TemplateCategories
{
    public const string Marketing = "MARKETING";
    public const string Utility = "UTILITY";
    public const string Authentication = "AUTHENTICATION";
}

/// <summary>A text with variables, and what could stand for each, by name or number.</summary>
public sealed record ComposedText(string Text, IReadOnlyDictionary<string, string> Samples)
{
    public static ComposedText Empty { get; } = new("", new Dictionary<string, string>());

    public ComposedText(string text, params ReadOnlySpan<(string Variable, string Sample)> samples)
        : this(text, Of(samples))
    {
    }

    private static Dictionary<string, string> Of(ReadOnlySpan<(string Variable, string Sample)> samples)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, sample) in samples)
        {
            all[variable] = sample;
        }

        return all;
    }
}

public enum HeaderMediaKind
{
    Image = 1,
    Video = 2,
    Document = 3,

    /// <summary>Short silent film; Marketing Messages API only.</summary>
    Gif = 4,
}

public abstract record ComposedHeader
{
    private ComposedHeader()
    {
    }

    /// <summary>One line with one variable at most.</summary>
    public sealed record Text(ComposedText Content) : ComposedHeader;

    public sealed record Media(ComposedMedia File) : ComposedHeader;

    /// <summary>The place is given when sending.</summary>
    public sealed record Location : ComposedHeader;

    /// <summary>The product is given when sending.</summary>
    public sealed record Product : ComposedHeader;

    /// <summary>A kind that is not known here, as JSON.</summary>
    public sealed record Other(string Json) : ComposedHeader;
}

/// <summary>The example file of a header.</summary>
/// <param name="Kind">What the header shows.</param>
/// <param name="MediaFileId">Our copy; null when WhatsApp's example was never ours.</param>
/// <param name="Handle">Of an upload to Meta that no template has taken yet. Belongs to the app it was uploaded with.</param>
/// <param name="HandleAppId">That app.</param>
/// <param name="Address">Where WhatsApp showed its example when it was last read; expires and cannot be submitted.</param>
public sealed record ComposedMedia(
    HeaderMediaKind Kind, long? MediaFileId = null, string? Handle = null, string? HandleAppId = null, string? Address = null);

public sealed record ComposedOffer(string Text, bool HasExpiration);

/// <summary>One card of a carousel: header (picture, film or product), text and one or two buttons.</summary>
public sealed record ComposedCard
{
    public ComposedHeader? Header { get; init; }

    /// <summary>Null for none.</summary>
    public ComposedText? Body { get; init; }

    public IReadOnlyList<ComposedButton> Buttons { get; init; } = [];

    /// <summary>Components that are not known here, each as JSON.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}
