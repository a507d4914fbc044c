using WaConsole.Core.Conversations;
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

    public InteractiveMessage Reply => Write((text, _) => text);

    /// <summary>What stands beside the form: where nothing is written yet, words that say what comes there.</summary>
    public InteractiveMessage Shown(Func<string, string> example) => Write((text, name) => string.IsNullOrWhiteSpace(text) ? example(name) : text);

    /// <summary>What was composed before, to be composed on.</summary>
    /// <param name="head">The file above it.</param>
    public static InteractiveDraft Of(InteractiveMessage message, DraftFile? head)
    {
        var draft = new InteractiveDraft { Body = message.Body };
        switch (message)
        {
            case InteractiveMessage.Buttons it:
                (draft.Kind, draft.Footer) = (InteractiveKind.Buttons, it.Footer ?? "");
                draft.PutHead(it.Head, head);
                Refill(draft.Buttons, it.Options.Select(OptionDraft.Of));
                break;
            case InteractiveMessage.List it:
                (draft.Kind, draft.Footer, draft.Header, draft.ListLabel) = (InteractiveKind.List, it.Footer ?? "", it.Header ?? "", it.Label);
                Refill(draft.Groups, it.Groups.Select(GroupDraft.Of));
                break;
            case InteractiveMessage.Link it:
                (draft.Kind, draft.Footer, draft.LinkLabel, draft.Url) = (InteractiveKind.Link, it.Footer ?? "", it.Label, it.Url);
                draft.PutHead(it.Head, head);
                break;
            case InteractiveMessage.LocationRequest:
                draft.Kind = InteractiveKind.LocationRequest;
                break;
            case InteractiveMessage.ContactRequest:
                draft.Kind = InteractiveKind.ContactRequest;
                break;
            case InteractiveMessage.Product it:
                (draft.Kind, draft.Footer, draft.CatalogueId, draft.Product) = (InteractiveKind.Product, it.Footer ?? "", it.CatalogueId, it.Pick);
                break;
            case InteractiveMessage.ProductList it:
                (draft.Kind, draft.Footer, draft.CatalogueId, draft.Header) = (InteractiveKind.ProductList, it.Footer ?? "", it.CatalogueId, it.Header);
                Refill(draft.ProductGroups, it.Groups.Select(ProductGroupDraft.Of));
                break;
            case InteractiveMessage.Catalogue it:
                (draft.Kind, draft.Footer, draft.Cover) = (InteractiveKind.Catalogue, it.Footer ?? "", it.Cover);
                break;
        }

        return draft;
    }

    private static void Refill<T>(List<T> rows, IEnumerable<T> with)
    {
        rows.Clear();
        rows.AddRange(with);
    }

    private void PutHead(InteractiveHead? put, DraftFile? file)
    {
        if (file is not null)
        {
            File = new UploadedFile(file.MediaFileId, file.Key, file.FileName, file.MimeType, file.SizeBytes, file.SendAs.ToString());
            Head = file.SendAs switch
            {
                MessageKind.Image => HeadKind.Image,
                MessageKind.Video => HeadKind.Video,
                _ => HeadKind.Document,
            };
        }
        else if (put?.Text is { } words)
        {
            (Head, Header) = (HeadKind.Text, words);
        }
    }

    private InteractiveMessage Write(Func<string, string, string> or) => Kind switch
    {
        InteractiveKind.List => new InteractiveMessage.List(
            or(Body, "ExampleBody"), or(ListLabel, "ExampleMenu"), [.. Groups.Select(group => group.Write(or))], Header, Footer),
        InteractiveKind.Link => new InteractiveMessage.Link(or(Body, "ExampleBody"), or(LinkLabel, "ExampleLink"), Url, HeadPart(or), Footer),
        InteractiveKind.LocationRequest => new InteractiveMessage.LocationRequest(or(Body, "ExampleBody")),
        InteractiveKind.ContactRequest => new InteractiveMessage.ContactRequest(or(Body, "ExampleBody")),
        InteractiveKind.Product => new InteractiveMessage.Product(
            Body, CatalogueId, Product ?? new ProductPick("", or("", "ExampleProduct")), Footer),
        InteractiveKind.ProductList => new InteractiveMessage.ProductList(
            or(Header, "ExampleHeader"), or(Body, "ExampleBody"), CatalogueId,
            [.. ProductGroups.Select(group => new ProductGroup(group.Title, [.. group.Picks]))], Footer),
        InteractiveKind.Catalogue => new InteractiveMessage.Catalogue(or(Body, "ExampleBody"), Cover, Footer),
        _ => new InteractiveMessage.Buttons(or(Body, "ExampleBody"), [.. Buttons.Select(button => button.Write(or, "ExampleButton"))], HeadPart(or), Footer),
    };

    private InteractiveHead? HeadPart(Func<string, string, string> or) => Head switch
    {
        HeadKind.None => null,
        HeadKind.Text => new InteractiveHead(or(Header, "ExampleHeader")),
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

    internal static OptionDraft Of(ReplyOption option) => new() { Title = option.Title, Description = option.Description ?? "" };

    internal ReplyOption Write(Func<string, string, string> or, string example) => new(or(Title, example), Description);
}

public sealed class GroupDraft
{
    public string Title { get; set; } = "";

    public List<OptionDraft> Options { get; } = [new()];

    internal static GroupDraft Of(OptionGroup group)
    {
        var draft = new GroupDraft { Title = group.Title ?? "" };
        draft.Options.Clear();
        draft.Options.AddRange(group.Options.Select(OptionDraft.Of));
        return draft;
    }

    internal OptionGroup Write(Func<string, string, string> or) => new(Title, [.. Options.Select(option => option.Write(or, "ExampleChoice"))]);
}

public sealed class ProductGroupDraft
{
    public string Title { get; set; } = "";

    public List<ProductPick> Picks { get; } = [];

    internal static ProductGroupDraft Of(ProductGroup group)
    {
        var draft = new ProductGroupDraft { Title = group.Title ?? "" };
        draft.Picks.AddRange(group.Picks);
        return draft;
    }
}
