using System.Reflection;
using System.Text.RegularExpressions;

namespace WaConsole.CloudApi.Tests.Readme;

/// <summary>The README of the package cannot rot: what it shows is compiled, and no verb is missing from it.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = ReadText("README.md");

    [Fact]
    public void Each_example_is_one_that_compiles()
    {
        var compiled = Squeeze(ReadText("ReadmeExamples.cs"));
        var examples = Example().Matches(Readme).Select(example => example.Groups[1].Value).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.True(IsIn(compiled, example), example));
    }

    [Fact]
    public void Each_verb_is_shown_or_named()
    {
        var verbs = typeof(CloudApiClient)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .Except(["StartUploadAsync", "ContinueUploadAsync", "GetUploadOffsetAsync"], StringComparer.Ordinal);

        Assert.All(verbs, verb => Assert.Contains(verb, Readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_kind_of_item_and_content_is_named()
    {
        var kinds = typeof(WebhookItem).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && (
            type.IsSubclassOf(typeof(WebhookItem))
            || type.IsSubclassOf(typeof(OutboundContent))
            || type.IsSubclassOf(typeof(InteractiveContent))));

        Assert.All(
            kinds.Except([typeof(OutboundContent.Unpin)]),
            kind => Assert.Contains(kind.Name, Readme, StringComparison.Ordinal));
    }

    /// <summary>A catch block holds one more line where it is compiled, or its variables would be unused.</summary>
    private static bool IsIn(string compiled, string example) =>
        compiled.Contains(Squeeze(example), StringComparison.Ordinal)
        || compiled.Contains(Squeeze(example).TrimEnd('}'), StringComparison.Ordinal);

    private static string Squeeze(string code) => Blank().Replace(code, "");

    private static string ReadText(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", name));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Example();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blank();
}
