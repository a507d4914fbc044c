using System.Collections.Frozen;
using System.Text.Json;

namespace WaConsole.Core.Templates.Rules;

public enum FindingSeverity
{
    /// <summary>WhatsApp refuses it.</summary>
    Error = 1,

    /// <summary>WhatsApp may refuse it, or its pages disagree; it can be submitted.</summary>
    Warning = 2,

    /// <summary>Good to know.</summary>
    Advice = 3,
}

/// <summary>One rule with its figures. <see cref="From"/> names the facts in template-rules.json it stands for.</summary>
internal sealed record Rule(
    string Code, FindingSeverity Severity, long Least, long Most, FrozenSet<string> Words, string? Pattern, IReadOnlyList<string> From);

/// <summary>
/// What WhatsApp asks of a template, as data: template-rule-list.json names the rules, template-rules.json holds Meta's figures with where
/// they come from. A figure stands once.
/// </summary>
internal static class RuleBook
{
    public const string FactsName = "template-rules.json";

    private static readonly FrozenDictionary<string, Rule> Rules = Read();

    public static IEnumerable<Rule> All => Rules.Values;

    public static Rule Of(string code) => Rules[code];

    private static FrozenDictionary<string, Rule> Read()
    {
        using var facts = JsonDocument.Parse(Open(FactsName));
        using var rules = JsonDocument.Parse(Open("template-rule-list.json"));
        return rules.RootElement.EnumerateArray().Select(rule => RuleOf(rule, facts.RootElement)).ToFrozenDictionary(rule => rule.Code, StringComparer.Ordinal);
    }

    private static Rule RuleOf(JsonElement rule, JsonElement facts) => new(
        rule.GetProperty("code").GetString()!,
        Enum.Parse<FindingSeverity>(rule.GetProperty("severity").GetString()!, ignoreCase: true),
        Figure(rule, "least", facts) ?? 0,
        Figure(rule, "most", facts) ?? 0,
        Fact(rule, "words", facts) is { ValueKind: JsonValueKind.Array } words
            ? words.EnumerateArray().Select(word => word.GetString()!).ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            : [],
        Fact(rule, "pattern", facts)?.GetString(),
        [.. rule.GetProperty("from").EnumerateArray().Select(path => path.GetString()!)]);

    private static long? Figure(JsonElement rule, string name, JsonElement facts) =>
        rule.TryGetProperty(name, out var own) && own.ValueKind == JsonValueKind.Number ? own.GetInt64() : Fact(rule, name, facts)?.GetInt64();

    private static JsonElement? Fact(JsonElement rule, string name, JsonElement facts) =>
        rule.TryGetProperty(name, out var path) && path.ValueKind == JsonValueKind.String
            ? At(facts, path.GetString()!) ?? throw new InvalidDataException($"No fact {path.GetString()}.")
            : null;

    /// <summary>A place in the facts: members by name, items of a list by number or by their id.</summary>
    internal static JsonElement? At(JsonElement facts, string path)
    {
        foreach (var step in path.Split('.'))
        {
            JsonElement? next = facts.ValueKind switch
            {
                JsonValueKind.Object when facts.TryGetProperty(step, out var member) => member,
                JsonValueKind.Array when int.TryParse(step, out var index) && index < facts.GetArrayLength() => facts[index],
                JsonValueKind.Array => facts.EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) && id.GetString() == step)
                    .Select(item => (JsonElement?)item).FirstOrDefault(),
                _ => null,
            };
            if (next is not { } found)
            {
                return null;
            }

            facts = found;
        }

        return facts;
    }

    internal static Stream Open(string name) => typeof(RuleBook).Assembly.GetManifestResourceStream($"WaConsole.Core.{name}")!;
}
