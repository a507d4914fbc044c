using WaConsole.Core.Conversations;

namespace WaConsole.Core.Interactive;

/// <summary>Pure: the message as the customer sees it, for the preview and for the thread.</summary>
public static class RenderInteractive
{
    public static MessageContent.SentInteractive Run(InteractiveMessage reply) => reply switch
    {
        InteractiveMessage.Buttons it => Of("button", it, it.Head?.Text, it.Footer, [.. it.Options.Select(option => Button("QUICK_REPLY", option.Title))]),
        InteractiveMessage.List it => Of("list", it, it.Header, it.Footer, [Button("LIST", it.Label)]) with
        {
            Sections = [.. it.Groups.Where(group => group.Options.Count > 0).Select(group => new ChoiceSection(
                OrNull(group.Title), [.. group.Options.Select(option => new ChoiceRow(option.Title, OrNull(option.Description)))]))],
        },
        InteractiveMessage.Link it => Of("cta_url", it, it.Head?.Text, it.Footer, [Button("URL", it.Label) with { Target = it.Url }]),
        InteractiveMessage.LocationRequest it => Of("location_request_message", it),
        InteractiveMessage.ContactRequest it => Of("request_contact_info", it),
        InteractiveMessage.Product it => Of("product", it, header: null, it.Footer) with { Sections = [new ChoiceSection(null, [Row(it.Pick)])] },
        InteractiveMessage.ProductList it => Of("product_list", it, it.Header, it.Footer) with
        {
            Sections = [.. it.Groups.Where(group => group.Picks.Count > 0).Select(group => new ChoiceSection(OrNull(group.Title), [.. group.Picks.Select(Row)]))],
        },
        InteractiveMessage.Catalogue it => Of("catalog_message", it, header: null, it.Footer) with
        {
            Sections = it.Cover is { } cover ? [new ChoiceSection(null, [Row(cover)])] : [],
        },
        _ => throw new ArgumentException("A kind that cannot be drawn.", nameof(reply)),
    };

    private static MessageContent.SentInteractive Of(
        string type, InteractiveMessage reply, string? header = null, string? footer = null, IReadOnlyList<TemplateButton>? buttons = null) =>
        new(type, OrNull(header), reply.Body, OrNull(footer), buttons ?? [], [], [], null);

    private static TemplateButton Button(string kind, string text) => new(kind, text, null);

    private static ChoiceRow Row(ProductPick pick) => new(OrNull(pick.Name) ?? pick.ProductId, OrNull(pick.Price));

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
