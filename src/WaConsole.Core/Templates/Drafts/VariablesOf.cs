using System.Globalization;
using System.Text.RegularExpressions;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>Pure: the variables of a text.</summary>
public static class VariablesOf
{
    /// <summary>Each once: numbers in order, names as they appear.</summary>
    public static IReadOnlyList<string> Text(string text) => TemplateDefinition.Variables(text);

    /// <summary>The text with each variable's sample in it; one without a sample stays as it is.</summary>
    public static string Filled(ComposedText content) => TemplateDefinition.Fill(content.Text, content.Samples.GetValueOrDefault);

    /// <summary>What a new variable would be called: the next number, or a name that is free.</summary>
    public static string Next(string text, bool named)
    {
        var taken = Text(text);
        for (var number = 1; ; number++)
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            name = named ? $"value_{name}" : name;
            if (!taken.Contains(name))
            {
                return name;
            }
        }
    }

    /// <summary>Numbers in the order in which they stand, from 1 and without gaps; the samples move along.</summary>
    public static ComposedText Renumbered(ComposedText content)
    {
        List<string> order = [];
        foreach (Match match in TemplateDefinition.Placeholder().Matches(content.Text))
        {
            if (!order.Contains(match.Groups["name"].Value))
            {
                order.Add(match.Groups["name"].Value);
            }
        }

        return Renamed(content, name => (order.IndexOf(name) + 1).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Each variable under another name; the samples move along.</summary>
    public static ComposedText Renamed(ComposedText content, Func<string, string> nameOf)
    {
        var samples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, sample) in content.Samples)
        {
            if (Text(content.Text).Contains(name))
            {
                samples[nameOf(name)] = sample;
            }
        }

        return new ComposedText(TemplateDefinition.Placeholder().Replace(content.Text, match => $"{{{{{nameOf(match.Groups["name"].Value)}}}}}"), samples);
    }
}
