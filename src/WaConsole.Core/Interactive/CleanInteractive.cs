using WaConsole.Core.Storage;

namespace WaConsole.Core.Interactive;

/// <summary>Pure: trimmed, without what databases refuse; options and rows without an id get their place as one.</summary>
internal static class CleanInteractive
{
    public static InteractiveMessage Run(InteractiveMessage reply) => reply switch
    {
        InteractiveMessage.Buttons it => it with { Body = Clean(it.Body), Head = Head(it.Head), Footer = OrNull(it.Footer), Options = Options(it.Options, 0) },
        InteractiveMessage.List it => it with
        {
            Body = Clean(it.Body),
            Header = OrNull(it.Header),
            Footer = OrNull(it.Footer),
            Label = Clean(it.Label),
            Groups = Groups(it.Groups),
        },
        InteractiveMessage.Link it => it with
        {
            Body = Clean(it.Body),
            Head = Head(it.Head),
            Footer = OrNull(it.Footer),
            Label = Clean(it.Label),
            Url = Clean(it.Url),
        },
        InteractiveMessage.Product it => it with
        {
            Body = Clean(it.Body),
            Footer = OrNull(it.Footer),
            CatalogueId = Clean(it.CatalogueId),
            Pick = Pick(it.Pick),
        },
        InteractiveMessage.ProductList it => it with
        {
            Header = Clean(it.Header),
            Body = Clean(it.Body),
            Footer = OrNull(it.Footer),
            CatalogueId = Clean(it.CatalogueId),
            Groups = [.. it.Groups.Select(group => new ProductGroup(OrNull(group.Title), [.. group.Picks.Select(Pick)]))],
        },
        InteractiveMessage.Catalogue it => it with { Body = Clean(it.Body), Footer = OrNull(it.Footer), Cover = it.Cover is { } cover ? Pick(cover) : null },
        _ => reply with { Body = Clean(reply.Body) },
    };

    private static List<OptionGroup> Groups(IReadOnlyList<OptionGroup> groups)
    {
        List<OptionGroup> clean = [];
        foreach (var group in groups)
        {
            clean.Add(new OptionGroup(OrNull(group.Title), Options(group.Options, clean.Sum(earlier => earlier.Options.Count))));
        }

        return clean;
    }

    private static List<ReplyOption> Options(IReadOnlyList<ReplyOption> options, int before) =>
        [.. options.Select((option, place) => new ReplyOption(
            Clean(option.Title), OrNull(option.Description), OrNull(option.Id) ?? $"option-{before + place + 1}"))];

    private static InteractiveHead? Head(InteractiveHead? head) =>
        head is null || (OrNull(head.Text) is null && head.MediaFileId is null) ? null : new InteractiveHead(OrNull(head.Text), head.MediaFileId);

    private static ProductPick Pick(ProductPick pick) => new(Clean(pick.ProductId), OrNull(pick.Name), OrNull(pick.Price));

    private static string Clean(string? text) => StoredText.Clean(text).Trim();

    private static string? OrNull(string? text) => Clean(text) is { Length: > 0 } kept ? kept : null;
}
