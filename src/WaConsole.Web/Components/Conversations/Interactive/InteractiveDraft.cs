using WaConsole.Core.Interactive;

namespace WaConsole.Web.Components.Conversations.Interactive;

public enum InteractiveKind
{
    Buttons,
    List,
    Link,
    LocationRequest,
    ContactRequest,
    Product,
    ProductList,
    Catalogue,
}

public enum HeadKind
{
    None,
    Text,
    Image,
    Video,
    Document,
}

/// <summary>
/// What somebody composes. The screen of the conversation keeps it, so that closing the dialog loses nothing; what one kind does not
/// use stays for the others.
/// </summary>
public sealed class InteractiveDraft
{
    public InteractiveKind Kind { get; set; }

    public string Body { get; set; } = "";

    public HeadKind Head { get; set; }

    public string Header { get; set; } = "";

    public UploadedFile? File { get; set; }

    public string Footer { get; set; } = "";

    /// <summary>Opens the list.</summary>
    public string ListLabel { get; set; } = "";

    public string LinkLabel { get; set; } = "";

    public string Url { get; set; } = "";

    public List<OptionDraft> Buttons { get; } = [new()];

    public List<GroupDraft> Groups { get; } = [new()];

    public ProductPick? Product { get; set; }

    public ProductPick? Cover { get; set; }

    public List<ProductGroupDraft> ProductGroups { get; } = [new()];

    /// <summary>Of the catalogue that was read.</summary>
    public string CatalogueId { get; set; } = "";

    public bool IsAboutProducts => Kind is InteractiveKind.Product or InteractiveKind.ProductList or InteractiveKind.Catalogue;

    /// <summary>A file may stand above buttons and a link only.</summary>
    public bool TakesHead => Kind is InteractiveKind.Buttons or InteractiveKind.Link;

    public bool TakesFooter => Kind is not (InteractiveKind.LocationRequest or InteractiveKind.ContactRequest);

    public InteractiveMessage Reply => Kind switch
    {
        InteractiveKind.List => new InteractiveMessage.List(Body, ListLabel, [.. Groups.Select(group => group.Group)], Header, Footer),
        InteractiveKind.Link => new InteractiveMessage.Link(Body, LinkLabel, Url, HeadPart, Footer),
        InteractiveKind.LocationRequest => new InteractiveMessage.LocationRequest(Body),
        InteractiveKind.ContactRequest => new InteractiveMessage.ContactRequest(Body),
        InteractiveKind.Product => new InteractiveMessage.Product(Body, CatalogueId, Product ?? new ProductPick(""), Footer),
        InteractiveKind.ProductList => new InteractiveMessage.ProductList(
            Header, Body, CatalogueId, [.. ProductGroups.Select(group => new ProductGroup(group.Title, [.. group.Picks]))], Footer),
        InteractiveKind.Catalogue => new InteractiveMessage.Catalogue(Body, Cover, Footer),
        _ => new InteractiveMessage.Buttons(Body, [.. Buttons.Select(button => button.Option)], HeadPart, Footer),
    };

    private InteractiveHead? HeadPart => Head switch
    {
        HeadKind.None => null,
        HeadKind.Text => new InteractiveHead(Header),
        _ => new InteractiveHead(null, File?.MediaFileId),
    };

    /// <summary>A header was asked for and its words or its file are not there yet.</summary>
    public bool HeadIsMissing => TakesHead && Head switch
    {
        HeadKind.None => false,
        HeadKind.Text => string.IsNullOrWhiteSpace(Header),
        _ => File is null,
    };
}

public sealed class OptionDraft
{
    public string Title { get; set; } = "";

    public string Description { get; set; } = "";

    public ReplyOption Option => new(Title, Description);
}

public sealed class GroupDraft
{
    public string Title { get; set; } = "";

    public List<OptionDraft> Options { get; } = [new()];

    public OptionGroup Group => new(Title, [.. Options.Select(option => option.Option)]);
}

public sealed class ProductGroupDraft
{
    public string Title { get; set; } = "";

    public List<ProductPick> Picks { get; } = [];
}
