using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Pure: rules that header, body and the bodies of cards share.</summary>
internal static partial class TextRules
{
    public static void Check(ComposedText content, bool named, string field, Findings findings)
    {
        var text = content.Text;
        var inner = Braced().Matches(text).Select(match => match.Groups["inner"].Value).ToList();
        findings.AddIf(Opened().Count(text) != inner.Count || Closed().Count(text) != inner.Count, "VARIABLE_BRACES", field);
        var signs = inner.Find(name => name.AsSpan().ContainsAny('#', '$', '%'));
        findings.AddIf(signs is not null, "VARIABLE_SIGNS", field, $"{{{{{signs}}}}}");
        var trimmed = text.Trim();
        findings.AddIf(
            inner.Count > 0 && (trimmed.StartsWith("{{", StringComparison.Ordinal) || trimmed.EndsWith("}}", StringComparison.Ordinal)), "VARIABLE_EDGE", field);
        findings.AddIf(Neighbours().IsMatch(text), "VARIABLE_ADJACENT", field);
        var variables = VariablesOf.Text(text);
        CheckNames(variables, named, field, findings);
        findings.AddIf(variables.Count > 0 && FixedWords(text) < (2 * variables.Count) + 1, "VARIABLE_RATIO", field, variables.Count);
        CheckSamples(content, variables, field, findings);
    }

    public static int Emoji(string text)
    {
        var count = 0;
        var walk = StringInfo.GetTextElementEnumerator(text);
        while (walk.MoveNext())
        {
            count += IsEmoji(walk.GetTextElement()) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Marks that make WhatsApp's formatting: a pair of them around a word.</summary>
    public static bool HasFormatting(string text) => Formatting().IsMatch(text);

    public static bool HasLines(string text) => text.AsSpan().ContainsAny('\n', '\r');

    private static void CheckNames(IReadOnlyList<string> variables, bool named, string field, Findings findings)
    {
        if (variables.Any(name => TemplateDefinition.IsPosition(name) == named))
        {
            findings.Add("VARIABLE_MIXED", field);
        }
        else if (named)
        {
            var wrong = variables.FirstOrDefault(name => !NameForm().IsMatch(name));
            findings.AddIf(wrong is not null && !wrong.AsSpan().ContainsAny('#', '$', '%'), "VARIABLE_NAME", field, $"{{{{{wrong}}}}}");
            findings.AddIf(wrong is null && variables.Any(name => name.Any(char.IsAsciiDigit)), "VARIABLE_NAME_DIGIT", field);
        }
        else
        {
            findings.AddIf(
                variables.Where((name, index) => name != (index + 1).ToString(CultureInfo.InvariantCulture)).Any(), "VARIABLE_SEQUENCE", field);
        }
    }

    private static void CheckSamples(ComposedText content, IReadOnlyList<string> variables, string field, Findings findings)
    {
        foreach (var name in variables)
        {
            var sample = content.Samples.GetValueOrDefault(name, "");
            if (string.IsNullOrWhiteSpace(sample))
            {
                findings.Add("SAMPLE_MISSING", $"{field}.samples.{name}", $"{{{{{name}}}}}");
            }
            else
            {
                findings.AddIf(
                    sample.AsSpan().ContainsAny('\n', '\r', '\t') || sample.Contains("     ", StringComparison.Ordinal),
                    "SAMPLE_SPACES", $"{field}.samples.{name}", $"{{{{{name}}}}}");
            }
        }
    }

    private static int FixedWords(string text) =>
        TemplateDefinition.Placeholder().Replace(text, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    private static bool IsEmoji(string element)
    {
        var rune = Rune.GetRuneAt(element, 0);
        return rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or 0x2049 or 0x203C
            || element.Contains('\uFE0F', StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{\{(?<inner>[^{}]*)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braced();

    [GeneratedRegex(@"\{\{", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Opened();

    [GeneratedRegex(@"\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Closed();

    [GeneratedRegex(@"\}\}[^\S\n]*\{\{", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Neighbours();

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"(?<!\w)(?<mark>[*_~`])\S(?:[^\n]*?\S)?\k<mark>(?!\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Formatting();
}
