using System.Text.RegularExpressions;
using WaConsole.Core.Storage;

namespace WaConsole.Core.CannedReplies;

/// <summary>A text with its variables filled in; <see cref="Missing"/> are those left standing in it because nothing is known for them.</summary>
public sealed record FilledText(string Text, IReadOnlyList<string> Missing);

/// <summary>
/// Pure: {{first_name}}, {{name}}, … or the name of a contact field, each with an optional word for when nothing is known:
/// {{first_name|there}}.
/// </summary>
public static partial class CannedVariables
{
    public const string Name = "name";
    public const string FirstName = "first_name";
    public const string Phone = "phone";
    public const string Username = "username";
    public const string Agent = "agent";
    public const string AgentFirstName = "agent_first_name";
    public const string Number = "number";

    /// <summary>Those every conversation has; fields of contacts come on top.</summary>
    public static IReadOnlyList<string> Known { get; } = [FirstName, Name, Phone, Username, Agent, AgentFirstName, Number];

    public static string KeyOf(string name) => SearchWords.Fold(name);

    /// <summary>Names used in a text, as they are written there.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Pattern().Matches(text).Select(NameOf).Distinct(StringComparer.Ordinal)];

    /// <param name="text">With variables.</param>
    /// <param name="values">By <see cref="KeyOf"/>. Values are not read for variables again.</param>
    public static FilledText Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        List<string> missing = [];
        var filled = Pattern().Replace(text, match =>
        {
            var name = NameOf(match);
            if (values.GetValueOrDefault(KeyOf(name)) is { Length: > 0 } value)
            {
                return value;
            }

            if (match.Groups["otherwise"].Success)
            {
                return match.Groups["otherwise"].Value.Trim();
            }

            missing.Add(match.Value);
            return match.Value;
        });
        return new FilledText(filled, missing);
    }

    public static string FirstWord(string name) => name.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "";

    private static string NameOf(Match match) => match.Groups["name"].Value.Trim();

    [GeneratedRegex(@"\{\{(?<name>[^{}|\n]{1,80})(\|(?<otherwise>[^{}\n]{0,200}))?\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
