using System.Collections.Frozen;
using System.Text.Json;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates;

/// <summary>A language a template can be in, by WhatsApp's code.</summary>
public sealed record TemplateLanguage(string Code, string Name, bool IsRightToLeft);

/// <summary>The languages WhatsApp lists (Meta, Supported languages, November 2025). A code that comes from WhatsApp may be another.</summary>
public static class TemplateLanguages
{
    public static IReadOnlyList<TemplateLanguage> All { get; } = Read();

    private static readonly FrozenDictionary<string, TemplateLanguage> ByCode = All.ToFrozenDictionary(language => language.Code, StringComparer.Ordinal);

    private static readonly FrozenSet<string> RightToLeft = All.Where(language => language.IsRightToLeft)
        .Select(language => language.Code.Split('_')[0]).ToFrozenSet(StringComparer.Ordinal);

    public static TemplateLanguage? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Also for codes that are not listed.</summary>
    public static bool IsRightToLeft(string code) => RightToLeft.Contains(code.Split('_', '-')[0]);

    private static TemplateLanguage[] Read()
    {
        using var json = JsonDocument.Parse(RuleBook.Open("template-languages.json"));
        return [.. json.RootElement.EnumerateArray().Select(row => new TemplateLanguage(
            row.GetProperty("code").GetString()!, row.GetProperty("name").GetString()!, row.GetProperty("rtl").GetBoolean()))];
    }
}
