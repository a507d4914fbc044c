using System.Text.RegularExpressions;

namespace WaConsole.Testing.Architecture;

/// <summary>Rules about the text of the sources.</summary>
public static partial class SourceRules
{
    private static readonly string[] Drawers = ["Services", "Helpers", "Managers", "Utils", "Utilities", "Common", "Misc"];

    /// <summary>Folders named after nothing: whatever is put there could be anywhere.</summary>
    public static IReadOnlyList<string> FoldersNamedAfterNothing(string root) =>
    [
        .. Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories)
            .Where(Repository.IsOurs)
            .Where(folder => Drawers.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)),
    ];

    /// <summary>
    /// Style or script written into markup: an element's style attribute, a style element, a script without a src, an on… handler.
    /// A style built from the data of one row is one too: give it a class.
    /// </summary>
    public static IReadOnlyList<string> InlineStyleOrScript(string markup) =>
        [.. InlinePattern().Matches(RazorComments().Replace(markup, "")).Select(match => match.Value.Trim())];

    [GeneratedRegex("""<[a-z][^<>]*?\sstyle\s*=\s*["'@]|<style[\s>]|<script(?![^>]*\ssrc\s*=)[\s>]|<[a-z][^<>]*?\son[a-z]+\s*=\s*["'][^"']""", RegexOptions.None, 2000)]
    private static partial Regex InlinePattern();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline, 2000)]
    private static partial Regex RazorComments();
}
