using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// Something to tap. Only inside the customer service window. Limits in characters; a body may have 1,024 and a footer
/// 60 everywhere (developers.facebook.com, interactive messages, November 2025; newer kinds as noted).
/// </summary>
public abstract record InteractiveContent
{
    private InteractiveContent(string type) => Type = type;

    /// <summary>The wire's <c>interactive.type</c>.</summary>
    public string Type { get; }

    /// <summary>Does not show what it says.</summary>
    public sealed override string ToString() => $"interactive {Type}";

    /// <summary>One to three buttons; the answer is a <c>button_reply</c>.</summary>
    public sealed record Buttons(
        string Body,
        IReadOnlyList<ReplyButton> Choices,
        InteractiveHeader? Header = null,
        string? Footer = null) : InteractiveContent("button");

    /// <summary>A list that opens; the answer is a <c>list_reply</c>.</summary>
    /// <param name="Body">1,024 are safe; Meta's list page says 4,096.</param>
    /// <param name="Button">Up to 20: opens the list.</param>
    /// <param name="Sections">Up to 10, with 10 rows in all of them together.</param>
    /// <param name="Header">Text only, up to 60.</param>
    public sealed record List(
        string Body,
        string Button,
        IReadOnlyList<ListSection> Sections,
        string? Header = null,
        string? Footer = null) : InteractiveContent("list");

    /// <summary>A button that opens a page. Taps produce no webhook.</summary>
    /// <param name="Label">Up to 20.</param>
    public sealed record Link(
        string Body,
        string Label,
        Uri Url,
        InteractiveHeader? Header = null,
        string? Footer = null) : InteractiveContent("cta_url");

    /// <summary>Asks where the customer is; the answer is an ordinary location message that quotes this one.</summary>
    public sealed record LocationRequest(string Body) : InteractiveContent("location_request_message");

    /// <summary>
    /// Asks for the phone number, the way to get one from a customer with a username; the answer is a contact card with
    /// origin <c>contact_request</c> (business-scoped user ids, July 2026).
    /// </summary>
    public sealed record ContactInfoRequest(string Body) : InteractiveContent("request_contact_info");

    /// <summary>Opens a form; the answer is an <c>nfm_reply</c>.</summary>
    public sealed record Flow(
        string Body,
        FlowCall Call,
        InteractiveHeader? Header = null,
        string? Footer = null) : InteractiveContent("flow");

    /// <summary>A button that calls the business on WhatsApp.</summary>
    /// <param name="Label">Up to 20; WhatsApp writes "Call now" without one.</param>
    /// <param name="TtlMinutes">How long the button works: 1 to 43,200, by default 10,080 (a week).</param>
    /// <param name="Payload">Up to 512; comes back with the call.</param>
    public sealed record VoiceCall(string Body, string? Label = null, int? TtlMinutes = null, string? Payload = null)
        : InteractiveContent("voice_call");

    /// <summary>
    /// Asks whether the business may call: once in 24 hours and twice in 7 days per customer. The answer is a
    /// <c>call_permission_reply</c>.
    /// </summary>
    public sealed record CallPermissionRequest(string? Body = null) : InteractiveContent("call_permission_request");

    /// <summary>Asks for a postal address. India only; the answer is an <c>nfm_reply</c>.</summary>
    /// <param name="Country">ISO code, today <c>IN</c>.</param>
    /// <param name="Values">Filled in beforehand, such as <c>name</c> and <c>phone_number</c>.</param>
    /// <param name="ValidationErrors">What was wrong with an earlier answer, per field.</param>
    public sealed record AddressRequest(
        string Body,
        string Country,
        IReadOnlyDictionary<string, string>? Values = null,
        IReadOnlyList<SavedAddress>? SavedAddresses = null,
        IReadOnlyDictionary<string, string>? ValidationErrors = null) : InteractiveContent("address_message");

    /// <summary>One product of the connected catalogue.</summary>
    public sealed record Product(
        string CatalogId,
        string ProductRetailerId,
        string? Body = null,
        string? Footer = null) : InteractiveContent("product");

    /// <summary>Up to 30 products in up to 10 sections.</summary>
    /// <param name="Header">Required, up to 60.</param>
    public sealed record ProductList(
        string Header,
        string Body,
        string CatalogId,
        IReadOnlyList<ProductSection> Sections,
        string? Footer = null) : InteractiveContent("product_list");

    /// <summary>The whole catalogue.</summary>
    /// <param name="ThumbnailProductRetailerId">Whose picture to show; the first product's without it.</param>
    public sealed record Catalog(string Body, string? ThumbnailProductRetailerId = null, string? Footer = null)
        : InteractiveContent("catalog_message");

    /// <summary>Two to ten cards with a picture or a video each, all of the same kind.</summary>
    public sealed record MediaCarousel(string Body, IReadOnlyList<MediaCard> Cards) : InteractiveContent("carousel");

    /// <summary>Two to ten products of one catalogue as cards.</summary>
    public sealed record ProductCarousel(
        string Body,
        string CatalogId,
        IReadOnlyList<string> ProductRetailerIds) : InteractiveContent("carousel");

    /// <summary>An order to review and pay. India and Brazil only.</summary>
    /// <param name="Parameters">
    /// Meta's object, which differs by country and payment provider (payments API, November 2025).
    /// </param>
    public sealed record OrderDetails(
        string Body,
        JsonElement Parameters,
        InteractiveHeader? Header = null,
        string? Footer = null) : InteractiveContent("order_details");

    /// <summary>News about an order sent before with <see cref="OrderDetails"/>.</summary>
    public sealed record OrderStatus(string Body, JsonElement Parameters, string? Footer = null)
        : InteractiveContent("order_status");
}
