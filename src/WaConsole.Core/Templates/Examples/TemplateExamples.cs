using System.Text.Json.Nodes;
using WaConsole.Core.Resources;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Examples;

/// <param name="Key">Also the name the template begins with.</param>
/// <param name="Industry">A key: see <see cref="TemplateExamples.IndustryName"/>.</param>
/// <param name="Content">In English; headers of pictures, films and papers still want their file.</param>
public sealed record TemplateExample(string Key, string Industry, string Title, ComposedTemplate Content);

/// <summary>Templates to begin with, by industry, in our own words: see template-examples.json. Each keeps WhatsApp's rules.</summary>
public static class TemplateExamples
{
    private const string Language = "en_US";

    private static readonly Lazy<IReadOnlyList<(string Key, string Industry, ComposedTemplate Content)>> Loaded = new(Load);

    /// <summary>Titles in the reader's language.</summary>
    public static IReadOnlyList<TemplateExample> All =>
        [.. Loaded.Value.Select(example => new TemplateExample(example.Key, example.Industry, Texts.TemplateExamples.Of($"Title_{example.Key}"), example.Content))];

    public static IReadOnlyList<string> Industries => [.. Loaded.Value.Select(example => example.Industry).Distinct()];

    public static string IndustryName(string industry) => Texts.TemplateExamples.Of($"Industry_{industry}");

    private static IReadOnlyList<(string Key, string Industry, ComposedTemplate Content)> Load()
    {
        using var file = typeof(TemplateExamples).Assembly.GetManifestResourceStream("WaConsole.Core.template-examples.json")!;
        return [.. JsonNode.Parse(file)!.AsArray().Select(node => Read(node!.AsObject()))];
    }

    private static (string Key, string Industry, ComposedTemplate Content) Read(JsonObject example)
    {
        var key = (string)example["key"]!;
        var content = ReadComponents.Run(key, Language, (string)example["category"]!, named: true, example["components"]!.ToJsonString()) with
        {
            SubCategory = (string?)example["subCategory"],
        };
        return (key, (string)example["industry"]!, content.Buttons.Any(button => button is ComposedButton.OrderDetails)
            ? content with { DisplayFormat = ComposedTemplate.OrderDetailsFormat }
            : content);
    }
}
