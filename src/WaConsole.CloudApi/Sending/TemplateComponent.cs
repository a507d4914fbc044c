using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>The variable part of a template's header, body or one of its buttons.</summary>
public abstract record TemplateComponent
{
    private TemplateComponent()
    {
    }

    /// <summary>A header has one parameter.</summary>
    public sealed record Header(TemplateParameter Parameter) : TemplateComponent;

    /// <param name="Parameters">In order for a positional template; all of them named for a named one.</param>
    public sealed record Body(IReadOnlyList<TemplateParameter> Parameters) : TemplateComponent
    {
        public static Body Positional(params IEnumerable<string> values) =>
            new([.. values.Select(value => new TemplateParameter.Text(value))]);

        public static Body Named(IEnumerable<KeyValuePair<string, string>> values) =>
            new([.. values.Select(pair => new TemplateParameter.Text(pair.Value, pair.Key))]);
    }

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="Payload">Comes back when the customer taps.</param>
    public sealed record QuickReplyButton(int Index, string Payload) : TemplateComponent;

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="Suffix">
    /// Only what follows the fixed part of the address; also the code of a one-time password.
    /// </param>
    public sealed record UrlButton(int Index, string Suffix) : TemplateComponent;

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="Code">Letters and digits; 15 characters are safe (Meta's pages say 15 and 20).</param>
    public sealed record CopyCodeButton(int Index, string Code) : TemplateComponent;

    /// <summary>Opens the form of the template's button.</summary>
    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="Token">Comes back with the answer.</param>
    /// <param name="Data">For the first screen: an object.</param>
    public sealed record FlowButton(int Index, string? Token = null, JsonElement? Data = null) : TemplateComponent;

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="ThumbnailProductRetailerId">Whose picture to show.</param>
    public sealed record CatalogButton(int Index, string ThumbnailProductRetailerId) : TemplateComponent;

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="ThumbnailProductRetailerId">Whose picture to show.</param>
    /// <param name="Sections">Up to 10 with 30 products together.</param>
    public sealed record ProductsButton(
        int Index,
        string ThumbnailProductRetailerId,
        IReadOnlyList<ProductSection> Sections) : TemplateComponent;

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="TtlMinutes">How long the button works.</param>
    /// <param name="Payload">Comes back with the call.</param>
    public sealed record VoiceCallButton(int Index, int? TtlMinutes = null, string? Payload = null) : TemplateComponent;

    /// <param name="Index">Position among all the template's buttons, from 0.</param>
    /// <param name="Order">Meta's object; differs by country and payment provider.</param>
    public sealed record OrderDetailsButton(int Index, JsonElement Order) : TemplateComponent;

    /// <summary>The end of a limited-time offer; its code button (index 0) goes beside it.</summary>
    public sealed record LimitedTimeOffer(DateTimeOffset Expires) : TemplateComponent;

    /// <summary>As many cards as the template has, each with the variable parts of its own.</summary>
    public sealed record Carousel(IReadOnlyList<IReadOnlyList<TemplateComponent>> Cards) : TemplateComponent;

    /// <summary>What the preview of the template's link shows. Only for verified accounts.</summary>
    public sealed record LinkPreview(Uri Url, string Title) : TemplateComponent;

    /// <summary>A one-time password goes twice: into the body and behind the button.</summary>
    /// <param name="code">Up to 15 characters.</param>
    public static IReadOnlyList<TemplateComponent> OneTimePassword(string code) =>
        [Body.Positional(code), new UrlButton(0, code)];

    /// <summary>Any other component, as it goes over the wire.</summary>
    public sealed record Raw(JsonElement Value) : TemplateComponent;
}

/// <summary>One value for a template's variable.</summary>
public abstract record TemplateParameter
{
    private TemplateParameter()
    {
    }

    /// <param name="Value">No line breaks, tabs or more than four spaces in a row: Meta answers 132018.</param>
    /// <param name="Name">The variable's name in a named template.</param>
    public sealed record Text(string Value, string? Name = null) : TemplateParameter;

    public sealed record Image(MediaRef Media) : TemplateParameter;

    public sealed record Video(MediaRef Media) : TemplateParameter;

    public sealed record Document(MediaRef Media, string? FileName = null) : TemplateParameter;

    /// <summary>Marketing Messages API only: an mp4.</summary>
    public sealed record Gif(MediaRef Media) : TemplateParameter;

    /// <summary>Header of a single-product template or of a product card.</summary>
    public sealed record Product(string ProductRetailerId, string CatalogId) : TemplateParameter;

    public sealed record Location(double Latitude, double Longitude, string? Name = null, string? Address = null)
        : TemplateParameter;

    /// <param name="Amount1000">The amount times 1,000.</param>
    public sealed record Currency(string Fallback, string Code, long Amount1000, string? Name = null)
        : TemplateParameter;

    /// <summary>Shown as given; WhatsApp does not format dates today.</summary>
    public sealed record DateTimeText(string Fallback, string? Name = null) : TemplateParameter;
}
