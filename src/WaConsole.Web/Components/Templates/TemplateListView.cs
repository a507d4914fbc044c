using WaConsole.Core.Templates;

namespace WaConsole.Web.Components.Templates;

/// <summary>What the list shows, as its address says it.</summary>
public sealed record TemplateListView(string Search, long? AccountId, string? Status, string? Category, string? Quality, string? Language, bool Unused = false)
{
    public const int MaxSearchLength = 100;

    public static TemplateListView Default { get; } = new("", null, null, null, null, null);

    public string Path
    {
        get
        {
            var parts = new[] { ("q", Search), ("account", AccountId?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("status", Status), ("category", Category), ("quality", Quality), ("language", Language), ("unused", Unused ? "1" : null) }
                .Where(part => !string.IsNullOrEmpty(part.Item2))
                .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
            var query = string.Join('&', parts);
            return query.Length == 0 ? "templates" : $"templates?{query}";
        }
    }

    public static TemplateListView Read(string? search, long? account, string? status, string? category, string? quality, string? language, bool unused = false)
    {
        var text = search?.Trim() ?? "";
        return new TemplateListView(text.Length <= MaxSearchLength ? text : text[..MaxSearchLength], account, Word(status), Word(category), Word(quality), Word(language), unused);
    }

    public TemplateQuery Query(string? after, int limit) => new(AccountId, Status, Category, Quality, Language, Search, after, limit) { Unused = Unused };

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > 64 ? null : text;
}
