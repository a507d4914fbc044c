using System.Text.Json.Serialization;

namespace WaConsole.Core.Interactive;

/// <summary>
/// A message with something to tap, as our people compose it: only inside the window. Texts as typed; what WhatsApp allows is in
/// <see cref="InteractiveRules"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Buttons), "buttons")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(Link), "link")]
[JsonDerivedType(typeof(LocationRequest), "location_request")]
[JsonDerivedType(typeof(ContactRequest), "contact_request")]
[JsonDerivedType(typeof(Product), "product")]
[JsonDerivedType(typeof(ProductList), "product_list")]
[JsonDerivedType(typeof(Catalogue), "catalogue")]
public abstract record InteractiveMessage
{
    private InteractiveMessage(string body) => Body = body;

    public string Body { get; init; }

    public sealed record Buttons(string Body, IReadOnlyList<ReplyOption> Options, InteractiveHead? Head = null, string? Footer = null) : InteractiveMessage(Body);

    /// <summary><see cref="Label"/> opens the list.</summary>
    public sealed record List(string Body, string Label, IReadOnlyList<OptionGroup> Groups, string? Header = null, string? Footer = null)
        : InteractiveMessage(Body);

    /// <summary>WhatsApp tells nobody that the button was tapped.</summary>
    public sealed record Link(string Body, string Label, string Url, InteractiveHead? Head = null, string? Footer = null) : InteractiveMessage(Body);

    public sealed record LocationRequest(string Body) : InteractiveMessage(Body);

    /// <summary>The way to learn the phone number of a customer who has only a username.</summary>
    public sealed record ContactRequest(string Body) : InteractiveMessage(Body);

    /// <summary>The one kind whose body may be empty.</summary>
    public sealed record Product(string Body, string CatalogueId, ProductPick Pick, string? Footer = null) : InteractiveMessage(Body);

    public sealed record ProductList(string Header, string Body, string CatalogueId, IReadOnlyList<ProductGroup> Groups, string? Footer = null)
        : InteractiveMessage(Body);

    /// <summary><see cref="Cover"/> is the product whose picture is shown; WhatsApp takes the first without one.</summary>
    public sealed record Catalogue(string Body, ProductPick? Cover = null, string? Footer = null) : InteractiveMessage(Body);

    /// <summary>The uploaded file that stands above the text, if any.</summary>
    [JsonIgnore]
    public long? HeadFileId => this switch
    {
        Buttons { Head: { } head } => head.MediaFileId,
        Link { Head: { } head } => head.MediaFileId,
        _ => null,
    };
}

/// <summary>Either a text or an uploaded picture, video or document.</summary>
public sealed record InteractiveHead(string? Text = null, long? MediaFileId = null);

/// <summary><see cref="Id"/> comes back with the customer's answer; without one it is the option's place.</summary>
public sealed record ReplyOption(string Title, string? Description = null, string? Id = null);

public sealed record OptionGroup(string? Title, IReadOnlyList<ReplyOption> Options);

/// <summary>
/// A product by its content id. Name and price are what our people saw when they picked it: the customer sees the catalogue's own.
/// </summary>
public sealed record ProductPick(string ProductId, string? Name = null, string? Price = null);

public sealed record ProductGroup(string? Title, IReadOnlyList<ProductPick> Picks);
