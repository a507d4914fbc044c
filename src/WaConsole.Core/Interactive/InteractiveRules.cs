using WaConsole.Core.Resources;

namespace WaConsole.Core.Interactive;

/// <summary>
/// Something WhatsApp would refuse, beside the field it is about: <c>body</c>, <c>head</c>, <c>footer</c>, <c>label</c>, <c>url</c>,
/// <c>options</c>, <c>options.0.title</c>, <c>groups.1.title</c>, <c>groups.1.options.0.description</c>, <c>products</c>, … from 0.
/// <see cref="Missing"/>: nothing is wrong yet, something is not there yet.
/// </summary>
public sealed record InteractiveProblem(string Field, string Sentence, bool Missing);

/// <summary>
/// Pure: what WhatsApp allows (Meta, interactive messages and sharing products, 2026). Counted in UTF-16 units: never fewer than what
/// WhatsApp counts. A list's body may be longer on one of Meta's pages; 1,024 is safe on all of them.
/// </summary>
public static class InteractiveRules
{
    public const int BodyMax = 1024;
    public const int HeaderMax = 60;
    public const int FooterMax = 60;
    public const int LabelMax = 20;
    public const int UrlMax = 2000;
    public const int ButtonsMax = 3;
    public const int ButtonTitleMax = 20;
    public const int ButtonIdMax = 256;
    public const int GroupsMax = 10;
    public const int GroupTitleMax = 24;
    public const int RowsMax = 10;
    public const int RowTitleMax = 24;
    public const int RowDescriptionMax = 72;
    public const int RowIdMax = 200;
    public const int ProductsMax = 30;
    public const int ProductIdMax = 200;

    public static IReadOnlyList<InteractiveProblem> Check(InteractiveMessage reply)
    {
        var found = new Findings();
        found.Text("body", reply.Body, BodyMax, reply is InteractiveMessage.Product ? null : "BodyNeeded");
        switch (reply)
        {
            case InteractiveMessage.Buttons it:
                Head(found, it.Head);
                found.Text("footer", it.Footer, FooterMax);
                Buttons(found, it.Options);
                break;
            case InteractiveMessage.List it:
                found.Text("head", it.Header, HeaderMax);
                found.Text("footer", it.Footer, FooterMax);
                found.Text("label", it.Label, LabelMax, "ListLabelNeeded");
                Rows(found, it.Groups);
                break;
            case InteractiveMessage.Link it:
                Head(found, it.Head);
                found.Text("footer", it.Footer, FooterMax);
                found.Text("label", it.Label, LabelMax, "LinkLabelNeeded");
                Url(found, it.Url);
                break;
            case InteractiveMessage.Product it:
                found.Text("footer", it.Footer, FooterMax);
                Catalogue(found, it.CatalogueId);
                Product(found, it.Pick);
                break;
            case InteractiveMessage.ProductList it:
                found.Text("head", it.Header, HeaderMax, "ListHeaderNeeded");
                found.Text("footer", it.Footer, FooterMax);
                Catalogue(found, it.CatalogueId);
                Products(found, it.Groups);
                break;
            case InteractiveMessage.Catalogue it:
                found.Text("footer", it.Footer, FooterMax);
                if (it.Cover is { } cover)
                {
                    Product(found, cover);
                }

                break;
        }

        return found.All;
    }

    private static void Head(Findings found, InteractiveHead? head)
    {
        found.Text("head", head?.Text, HeaderMax);
        if (head is { Text.Length: > 0, MediaFileId: not null })
        {
            found.Wrong("head", "HeadOneOf");
        }
    }

    private static void Buttons(Findings found, IReadOnlyList<ReplyOption> options)
    {
        if (options.Count == 0)
        {
            found.Missing("options", "ButtonsNeeded", ButtonsMax);
        }
        else if (options.Count > ButtonsMax)
        {
            found.Wrong("options", "ButtonsTooMany", ButtonsMax);
        }

        for (var at = 0; at < options.Count; at++)
        {
            found.Text($"options.{at}.title", options[at].Title, ButtonTitleMax, "ButtonTitleNeeded");
            found.Text($"options.{at}.id", options[at].Id, ButtonIdMax);
        }

        foreach (var at in Repeated(options, option => option.Title))
        {
            found.Wrong($"options.{at}.title", "ButtonTitleTwice");
        }

        Ids(found, options);
    }

    private static void Rows(Findings found, IReadOnlyList<OptionGroup> groups)
    {
        var rows = groups.Sum(group => group.Options.Count);
        if (rows == 0)
        {
            found.Missing("groups", "RowsNeeded", RowsMax);
        }
        else if (rows > RowsMax)
        {
            found.Wrong("groups", "RowsTooMany", RowsMax);
        }

        Groups(found, [.. groups.Select(group => (group.Title, group.Options.Count))]);
        for (var place = 0; place < groups.Count; place++)
        {
            var options = groups[place].Options;
            for (var at = 0; at < options.Count; at++)
            {
                var row = $"groups.{place}.options.{at}";
                found.Text($"{row}.title", options[at].Title, RowTitleMax, "RowTitleNeeded");
                found.Text($"{row}.description", options[at].Description, RowDescriptionMax);
                found.Text($"{row}.id", options[at].Id, RowIdMax);
            }
        }

        Ids(found, [.. groups.SelectMany(group => group.Options)]);
    }

    private static void Ids(Findings found, IReadOnlyList<ReplyOption> options)
    {
        if (Repeated(options, option => option.Id).Any())
        {
            found.Wrong("options", "IdTwice");
        }
    }

    private static void Products(Findings found, IReadOnlyList<ProductGroup> groups)
    {
        var picks = groups.SelectMany(group => group.Picks).ToList();
        if (picks.Count == 0)
        {
            found.Missing("products", "ProductsNeeded", ProductsMax);
        }
        else if (picks.Count > ProductsMax)
        {
            found.Wrong("products", "ProductsTooMany", ProductsMax);
        }

        Groups(found, [.. groups.Select(group => (group.Title, group.Picks.Count))]);
        foreach (var pick in picks)
        {
            Product(found, pick);
        }
    }

    /// <summary>With one group its title may be left out; with more each needs one, and something under it.</summary>
    private static void Groups(Findings found, IReadOnlyList<(string? Title, int Count)> groups)
    {
        if (groups.Count > GroupsMax)
        {
            found.Wrong("groups", "GroupsTooMany", GroupsMax);
        }

        for (var place = 0; place < groups.Count; place++)
        {
            found.Text($"groups.{place}.title", groups[place].Title, GroupTitleMax, groups.Count > 1 ? "GroupTitleNeeded" : null);
            if (groups is { Count: > 1 } && groups[place].Count == 0)
            {
                found.Missing($"groups.{place}", "GroupEmpty");
            }
        }
    }

    private static void Catalogue(Findings found, string catalogueId)
    {
        if (string.IsNullOrWhiteSpace(catalogueId))
        {
            found.Missing("products", "CatalogueNeeded");
        }
    }

    private static void Product(Findings found, ProductPick pick) => found.Text("products", pick.ProductId, ProductIdMax, "ProductNeeded");

    private static void Url(Findings found, string url)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            found.Missing("url", "UrlNeeded");
        }
        else if (url.Length > UrlMax || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.UserInfo.Length > 0)
        {
            found.Wrong("url", "UrlBad");
        }
    }

    /// <summary>The places of those whose text an earlier one has already.</summary>
    private static IEnumerable<int> Repeated(IReadOnlyList<ReplyOption> options, Func<ReplyOption, string?> text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < options.Count; at++)
        {
            if (text(options[at])?.Trim() is { Length: > 0 } value && !seen.Add(value))
            {
                yield return at;
            }
        }
    }

    private sealed class Findings
    {
        private readonly List<InteractiveProblem> _all = [];

        public IReadOnlyList<InteractiveProblem> All => _all;

        public void Missing(string field, string name, params ReadOnlySpan<object?> values) =>
            _all.Add(new InteractiveProblem(field, Texts.Interactive.Of(name, values), Missing: true));

        public void Wrong(string field, string name, params ReadOnlySpan<object?> values) =>
            _all.Add(new InteractiveProblem(field, Texts.Interactive.Of(name, values), Missing: false));

        public void Text(string field, string? text, int max, string? needed = null)
        {
            if (needed is not null && string.IsNullOrWhiteSpace(text))
            {
                Missing(field, needed);
            }
            else if (text?.Length > max)
            {
                Wrong(field, "TooLong", text.Length, max);
            }
        }
    }
}
