using WaConsole.Core.Interactive;

namespace WaConsole.Web.Api;

/// <summary>Pure: something to tap as Core's message, or every problem it has, named by field.</summary>
internal static class ReadInteractive
{
    public static InteractiveMessage? Run(SendInteractive? wanted, Action<string, string> problem)
    {
        if (wanted is null)
        {
            problem("interactive", "This field is needed.");
            return null;
        }

        long? file = null;
        if (wanted.HeaderMediaId is not null)
        {
            if (ApiText.TryId(wanted.HeaderMediaId, out var id))
            {
                file = id;
            }
            else
            {
                problem("interactive.headerMediaId", "Give an id as a string.");
            }
        }

        if (MessageOf(wanted, file) is not { } message)
        {
            problem(
                "interactive.kind",
                "Use buttons, list, link, location_request, contact_request, product, product_list or catalogue.");
            return null;
        }

        foreach (var found in InteractiveRules.Check(message))
        {
            problem($"interactive.{FieldOf(found.Field)}", found.Sentence);
        }

        return message;
    }

    private static InteractiveMessage? MessageOf(SendInteractive wanted, long? file)
    {
        var body = wanted.Body ?? "";
        var head = wanted.Header is null && file is null ? null : new InteractiveHead(wanted.Header, file);
        return wanted.Kind switch
        {
            "buttons" => new InteractiveMessage.Buttons(body, Options(wanted.Options), head, wanted.Footer),
            "list" => new InteractiveMessage.List(
                body,
                wanted.Label ?? "",
                [.. (wanted.Sections ?? []).Select(section => new OptionGroup(section?.Title, Options(section?.Options)))],
                wanted.Header,
                wanted.Footer),
            "link" => new InteractiveMessage.Link(body, wanted.Label ?? "", wanted.Url ?? "", head, wanted.Footer),
            "location_request" => new InteractiveMessage.LocationRequest(body),
            "contact_request" => new InteractiveMessage.ContactRequest(body),
            "product" => new InteractiveMessage.Product(body, wanted.CatalogueId ?? "", new ProductPick(wanted.ProductId ?? ""), wanted.Footer),
            "product_list" => new InteractiveMessage.ProductList(
                wanted.Header ?? "",
                body,
                wanted.CatalogueId ?? "",
                [.. (wanted.Sections ?? []).Select(section => new ProductGroup(
                    section?.Title, [.. (section?.ProductIds ?? []).Select(id => new ProductPick(id ?? ""))]))],
                wanted.Footer),
            "catalogue" => new InteractiveMessage.Catalogue(body, wanted.ProductId is { } cover ? new ProductPick(cover) : null, wanted.Footer),
            _ => null,
        };
    }

    private static List<ReplyOption> Options(IReadOnlyList<SendOption?>? options) =>
        [.. (options ?? []).Select(option => new ReplyOption(option?.Title ?? "", option?.Description, option?.Id))];

    private static string FieldOf(string field) => field.Replace("groups", "sections", StringComparison.Ordinal) switch
    {
        "head" => "header",
        "products" => "productId",
        var same => same,
    };
}
