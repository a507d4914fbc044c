using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>A template to hand in. Limits in characters (template components, December 2025).</summary>
/// <param name="Name">Up to 512 of <c>a-z 0-9 _</c>; unique together with the language.</param>
/// <param name="Language">For example <c>en_US</c>.</param>
/// <param name="Category"><c>MARKETING</c>, <c>UTILITY</c> or <c>AUTHENTICATION</c>.</param>
public sealed record TemplateDraft(
    string Name,
    string Language,
    string Category,
    IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>Variables are words (<c>{{first_name}}</c>) instead of numbers.</summary>
    public bool Named { get; init; }

    /// <summary>For templates of a special kind, such as <c>ORDER_STATUS</c>.</summary>
    public string? SubCategory { get; init; }

    /// <summary>Such as <c>ORDER_DETAILS</c>.</summary>
    public string? DisplayFormat { get; init; }

    /// <summary>
    /// How long delivery is tried; then the message is dropped without a word. Authentication 30 to 900, by default
    /// 600; utility 30 to 43,200; marketing 43,200 to 2,592,000 and only in the Marketing Messages API; -1 is 30 days.
    /// </summary>
    public int? TtlSeconds { get; init; }

    /// <summary>No counting of taps on links.</summary>
    public bool OptOutOfLinkTracking { get; init; }

    internal JsonObject ToJson() => JsonBytes.Of(
        ("name", Name),
        ("language", Language),
        ("category", Category),
        ("sub_category", SubCategory),
        ("display_format", DisplayFormat),
        ("parameter_format", Named ? "NAMED" : null),
        ("message_send_ttl_seconds", TtlSeconds),
        ("cta_url_link_tracking_opted_out", OptOutOfLinkTracking ? true : null),
        ("components", JsonBytes.List(Parts.Select(part => part.ToJson()))));
}

/// <summary>What to change of a template; null stays as it is.</summary>
public sealed record TemplateEdit
{
    /// <summary>Never of an approved one.</summary>
    public string? Category { get; init; }

    /// <summary>All parts anew, with every sample; media samples need fresh handles.</summary>
    public IReadOnlyList<TemplatePart>? Parts { get; init; }

    public int? TtlSeconds { get; init; }

    /// <summary>No counting of taps on links. Needs the category as it is.</summary>
    public bool? OptOutOfLinkTracking { get; init; }

    internal JsonObject ToJson() => JsonBytes.Of(
        ("category", Category),
        ("components", Parts is { } parts ? JsonBytes.List(parts.Select(part => part.ToJson())) : null),
        ("message_send_ttl_seconds", TtlSeconds),
        ("cta_url_link_tracking_opted_out", OptOutOfLinkTracking));
}

/// <summary>A template of Meta's library and what it leaves open.</summary>
/// <param name="LibraryName">Of the library's template.</param>
/// <param name="Buttons">Addresses and numbers of its buttons, in order.</param>
/// <param name="BodyOptions">
/// Such as <c>add_contact_number</c>, <c>add_track_package_link</c>: true or false.
/// </param>
public sealed record LibraryDraft(
    string Name,
    string Language,
    string Category,
    string LibraryName,
    IReadOnlyList<LibraryButton>? Buttons = null,
    IReadOnlyDictionary<string, bool>? BodyOptions = null)
{
    public int? CodeExpirationMinutes { get; init; }

    internal JsonObject ToJson() => JsonBytes.Of(
        ("name", Name),
        ("language", Language),
        ("category", Category),
        ("library_template_name", LibraryName),
        ("library_template_button_inputs", Buttons is { Count: > 0 } buttons
            ? JsonBytes.List(buttons.Select(button => button.ToJson()))
            : null),
        ("library_template_body_inputs", Inputs()));

    private JsonObject? Inputs()
    {
        if (BodyOptions is null && CodeExpirationMinutes is null)
        {
            return null;
        }

        var inputs = JsonBytes.Of(("code_expiration_minutes", CodeExpirationMinutes));
        foreach (var (name, chosen) in BodyOptions ?? new Dictionary<string, bool>())
        {
            inputs[name] = chosen;
        }

        return inputs;
    }
}

public abstract record LibraryButton
{
    private LibraryButton()
    {
    }

    internal abstract JsonNode ToJson();

    /// <param name="BaseUrl">With <c>{{1}}</c> at its end when it varies.</param>
    /// <param name="Example">The whole address with a sample in it.</param>
    public sealed record Url(string BaseUrl, string? Example = null) : LibraryButton
    {
        internal override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "URL",
            ["url"] = JsonBytes.Of(("base_url", BaseUrl), ("url_suffix_example", Example)),
        };
    }

    public sealed record PhoneNumber(string Number) : LibraryButton
    {
        internal override JsonNode ToJson() =>
            new JsonObject { ["type"] = "PHONE_NUMBER", ["phone_number"] = Number };
    }
}

/// <summary>Handed in.</summary>
/// <param name="Status">May be <c>APPROVED</c> or <c>REJECTED</c> already.</param>
/// <param name="Category">The one in force.</param>
public sealed record TemplateCreated(string Id, string? Status, string? Category, string? Language)
{
    internal static TemplateCreated? Read(JsonElement row) => row.Text("id"u8) is { } id
        ? new(id, row.Text("status"u8), row.Text("category"u8), row.Text("language"u8))
        : null;
}
