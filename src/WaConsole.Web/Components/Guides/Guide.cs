using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Guides;

/// <summary>
/// One document of docs, ready to be shown: written by us and kept inside the program, so it may be markup. <see cref="Language"/> is the
/// reader's where it was translated, English otherwise.
/// </summary>
internal sealed record Guide(string Title, MarkupString Body, string Language)
{
    public const string Agents = "agents";
    public const string Marketing = "marketing";
    public const string Admins = "admins";

    /// <summary>One for each role, in the order they are offered.</summary>
    public static readonly string[] All = [Agents, Marketing, Admins];

    private static readonly Assembly Kept = typeof(Guide).Assembly;
    private static readonly HashSet<string> Names = [.. Kept.GetManifestResourceNames()];
    private static readonly ConcurrentDictionary<string, Guide> Read = new(StringComparer.Ordinal);

    private static readonly MarkdownPipeline Rules =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    /// <param name="name">A file name of docs/guide, or of docs, without its ending and language.</param>
    /// <returns>Null when there is no such document.</returns>
    public static Guide? Find(string name)
    {
        var (path, language) = Places(name).FirstOrDefault(place => Names.Contains(place.Path));
        return path is null || name.Contains('.', StringComparison.Ordinal) ? null : Read.GetOrAdd(path, _ => Write(name, path, language));
    }

    public string Direction => CultureInfo.GetCultureInfo(Language).TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <returns>A picture of docs/images; null when there is none of that name.</returns>
    public static Stream? Picture(string name) =>
        Names.Contains($"images/{name}") ? Kept.GetManifestResourceStream($"images/{name}") : null;

    private static (string Path, string Language)[] Places(string name)
    {
        var reader = CultureInfo.CurrentUICulture.Name;
        return
        [
            ($"guide/{name}.{reader}.md", reader), ($"guide/{name}.md", ConsoleLanguages.English), ($"{name}.md", ConsoleLanguages.English),
        ];
    }

    private static Guide Write(string name, string path, string language)
    {
        using var reader = new StreamReader(Kept.GetManifestResourceStream(path)!);
        var document = Markdown.Parse(reader.ReadToEnd(), Rules);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Lead(link, name, path);
        }

        var title = document.Descendants<HeadingBlock>().First().Inline!.Descendants<LiteralInline>().First().Content.ToString();

        // The one picture that is given a width is markup.
        return new Guide(title, new MarkupString(document.ToHtml(Rules).Replace("src=\"../images/", "src=\"/guide/images/", StringComparison.Ordinal)), language);
    }

    /// <summary>Links between files become links between pages; one to a file that is not kept here becomes words.</summary>
    private static void Lead(LinkInline link, string name, string path)
    {
        var target = new Uri(new Uri($"docs:///{path}"), link.Url);
        if (target.Scheme is "http" or "https")
        {
            var attributes = link.GetAttributes();
            attributes.AddProperty("target", "_blank");
            attributes.AddProperty("rel", "noopener");
            return;
        }

        var file = target.AbsolutePath.TrimStart('/');
        if (link.Url!.StartsWith('#'))
        {
            link.Url = $"/guide/{name}{target.Fragment}";
        }
        else if (link.IsImage && Names.Contains(file))
        {
            link.Url = $"/guide/{file}";
        }
        else if (Names.Contains(file))
        {
            // A translation is shown by the reader's language, not by its address.
            link.Url = $"/guide/{Path.GetFileName(file).Split('.')[0]}{target.Fragment}";
        }
        else
        {
            var words = new ContainerInline();
            link.MoveChildrenAfter(words);
            link.ReplaceBy(words);
        }
    }
}
