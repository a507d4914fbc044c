using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WaConsole.Testing.Architecture;

/// <summary>
/// Rules about texts and their translations: beside every <c>X.resx</c> stand the five of the other languages, with the same texts, the same
/// places to fill in, the plural forms the language has, and no English left.
/// </summary>
public static partial class TranslationRules
{
    /// <summary>Longer English sentences are not the same in another language; shorter texts may be a name or a word both have.</summary>
    private const int Sentence = 24;

    /// <summary>The plural forms of each language besides the one that every count falls back to.</summary>
    public static IReadOnlyDictionary<string, string[]> Plurals { get; } = new Dictionary<string, string[]>
    {
        ["es"] = ["one"],
        ["pt-BR"] = ["one"],
        ["hi"] = ["one"],
        ["ar"] = ["zero", "one", "two", "few", "many"],
        ["id"] = [],
    };

    public static bool IsEnglish(string path) => !Plurals.Keys.Any(language => path.EndsWith($".{language}.resx", StringComparison.Ordinal));

    /// <summary>What the translations of one English resource file lack.</summary>
    public static IReadOnlyList<string> Lacks(string englishPath)
    {
        var english = Read(englishPath);
        return
        [
            .. Unclear(Path.GetFileName(englishPath), english),
            .. Plurals.Keys.SelectMany(language =>
            {
                var path = Path.ChangeExtension(englishPath, $".{language}.resx");
                return File.Exists(path)
                    ? Compare(Path.GetFileName(path), language, english, Read(path))
                    : [$"{Path.GetFileName(path)} is not there"];
            }),
        ];
    }

    private static IEnumerable<string> Unclear(string file, ILookup<string, string> english) =>
        from text in english
        where text.Count() > 1 || text.Any(string.IsNullOrWhiteSpace)
        select $"{file}: {text.Key} is empty or there twice";

    private static IEnumerable<string> Compare(string file, string language, ILookup<string, string> english, ILookup<string, string> translated)
    {
        var wanted = Wanted(language, english).ToHashSet(StringComparer.Ordinal);
        foreach (var name in wanted.Where(name => !translated.Contains(name)))
        {
            yield return $"{file}: {name} is missing";
        }

        foreach (var text in translated)
        {
            if (!wanted.Contains(text.Key))
            {
                yield return $"{file}: {text.Key} is not an English text";
            }
            else if (text.Count() > 1 || string.IsNullOrWhiteSpace(text.First()))
            {
                yield return $"{file}: {text.Key} is empty or there twice";
            }
            else if (Problem(text.First(), IsCounted(text.Key, english), english[Plain(text.Key, english)].First()) is { } problem)
            {
                yield return $"{file}: {text.Key} {problem}";
            }
        }
    }

    private static string? Problem(string translated, bool counted, string english) =>
        !counted && !Places(translated).SequenceEqual(Places(english)) ? $"has other places to fill in than “{english}”"
        : english.Length >= Sentence && translated == english && english.Contains(' ') ? "is still English"
        : null;

    /// <summary>Forms of a count may say the number in words: "one second".</summary>
    private static bool IsCounted(string name, ILookup<string, string> english) => english.Contains(Plain(name, english) + ".one");

    private static IEnumerable<string> Wanted(string language, ILookup<string, string> english) =>
        english.Select(text => text.Key).Where(name => Plain(name, english) == name)
            .SelectMany(name => english.Contains(name + ".one") ? [name, .. Plurals[language].Select(form => $"{name}.{form}")] : (string[])[name]);

    /// <summary>The name of the text whose plural form this is, or the name itself.</summary>
    private static string Plain(string name, ILookup<string, string> english) =>
        name.LastIndexOf('.') is var dot and > 0 && english.Contains(name[..dot] + ".one") ? name[..dot] : name;

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private static ILookup<string, string> Read(string path) =>
        XDocument.Load(path).Root!.Elements("data").ToLookup(data => data.Attribute("name")!.Value, data => data.Element("value")?.Value ?? "");

    [GeneratedRegex(@"\{[0-9a-z_]+(?::[^}]*)?\}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Place();
}
