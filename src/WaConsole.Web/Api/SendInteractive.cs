using System.ComponentModel;

namespace WaConsole.Web.Api;

/// <summary>Something to tap, as a program asks for it: which fields are needed depends on <see cref="Kind"/>.</summary>
internal sealed record SendInteractive
{
    [Description("buttons, list, link, location_request, contact_request, product, product_list or catalogue.")]
    public string? Kind { get; init; }

    [Description("Up to 1,024 characters; optional for product alone.")]
    public string? Body { get; init; }

    [Description("Above the body, up to 60 characters: buttons, list, link and product_list, which needs one.")]
    public string? Header { get; init; }

    [Description("Instead of header for buttons and link: mediaId of POST /media of a picture, a video or a document.")]
    public string? HeaderMediaId { get; init; }

    [Description("Small print, up to 60 characters; not for requests.")]
    public string? Footer { get; init; }

    [Description("For list and link: what the button says, up to 20 characters.")]
    public string? Label { get; init; }

    [Description("For link: the address it opens.")]
    public string? Url { get; init; }

    [Description("For buttons: one to three.")]
    public IReadOnlyList<SendOption?>? Options { get; init; }

    [Description("For list: up to ten rows in all. For product_list: up to 30 products in all.")]
    public IReadOnlyList<SendSection?>? Sections { get; init; }

    [Description("For product and product_list: id of the connected catalogue.")]
    public string? CatalogueId { get; init; }

    [Description("For product: its content id. For catalogue: the product whose picture is shown.")]
    public string? ProductId { get; init; }
}

internal sealed record SendOption
{
    public string? Title { get; init; }

    [Description("For rows of a list.")]
    public string? Description { get; init; }

    [Description("Comes back with the answer; its place when left out.")]
    public string? Id { get; init; }
}

internal sealed record SendSection
{
    public string? Title { get; init; }

    [Description("For list.")]
    public IReadOnlyList<SendOption?>? Options { get; init; }

    [Description("For product_list: content ids.")]
    public IReadOnlyList<string?>? ProductIds { get; init; }
}
