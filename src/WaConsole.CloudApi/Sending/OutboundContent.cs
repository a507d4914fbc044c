using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// What a message says. Limits are Meta's (developers.facebook.com, message types, 2026), in characters.
/// </summary>
public abstract record OutboundContent
{
    private OutboundContent(string type) => Type = type;

    /// <summary>The wire's <c>type</c>.</summary>
    public string Type { get; }

    /// <summary>Does not show what it says.</summary>
    public sealed override string ToString() => Type;

    /// <param name="Body">Up to 4096; WhatsApp's own marks for bold and italics stay as they are.</param>
    /// <param name="PreviewUrl">Draw the first http(s) link as a card.</param>
    public sealed record Text(string Body, bool PreviewUrl = false) : OutboundContent("text");

    /// <param name="Caption">Up to 1024.</param>
    public sealed record Image(MediaRef Media, string? Caption = null) : OutboundContent("image");

    /// <param name="Caption">Up to 1024.</param>
    public sealed record Video(MediaRef Media, string? Caption = null) : OutboundContent("video");

    /// <param name="Voice">A voice note: OGG with OPUS, mono; only these report <c>played</c>.</param>
    public sealed record Audio(MediaRef Media, bool Voice = false) : OutboundContent("audio");

    /// <param name="FileName">With extension: the customer's phone picks the icon by it.</param>
    /// <param name="Caption">Up to 1024.</param>
    public sealed record Document(MediaRef Media, string? FileName = null, string? Caption = null)
        : OutboundContent("document");

    public sealed record Sticker(MediaRef Media) : OutboundContent("sticker");

    /// <param name="Address">May not be drawn without a name.</param>
    public sealed record Location(double Latitude, double Longitude, string? Name = null, string? Address = null)
        : OutboundContent("location");

    /// <param name="Cards">Up to 257.</param>
    public sealed record Contacts(IReadOnlyList<ContactCard> Cards) : OutboundContent("contacts");

    /// <param name="Emoji">Null takes the reaction back.</param>
    public sealed record Reaction(string Wamid, string? Emoji) : OutboundContent("reaction");

    /// <param name="Language">As the template was approved, for example <c>en_US</c>.</param>
    /// <param name="Components">Empty for a template without variables.</param>
    public sealed record Template(string Name, string Language, IReadOnlyList<TemplateComponent>? Components = null)
        : OutboundContent("template");

    /// <summary>Buttons, lists, forms, products and requests.</summary>
    public sealed record Interactive(InteractiveContent Content) : OutboundContent("interactive");

    /// <summary>Pins a message of a group for all its members.</summary>
    /// <param name="Days">1 to 30.</param>
    public sealed record Pin(string Wamid, int Days) : OutboundContent("pin");

    /// <summary>Takes a pin of a group off.</summary>
    public sealed record Unpin(string Wamid) : OutboundContent("pin");

    /// <summary>Any other kind: the value stands under a property named like the type.</summary>
    public sealed record Raw(string RawType, JsonElement Value) : OutboundContent(RawType);
}
