using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>
/// A composed template as a column: WhatsApp's components, so that what is known tomorrow is read tomorrow, and beside them what WhatsApp
/// does not know of: our files and their handles, in the order of the headers.
/// </summary>
internal static class DraftJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ComposedTemplate template) => Node(template).ToJsonString(Plain);

    public static ComposedTemplate Read(string json)
    {
        var stored = (JsonObject)JsonNode.Parse(json)!;
        var aside = stored["aside"] is { } parts ? Read(parts.ToJsonString()) : null;
        var code = stored["aside_code"] is { } form ? Read(form.ToJsonString()).Code : null;
        return One(stored) with { Aside = code is null ? aside : (aside ?? new ComposedTemplate()) with { Code = code } };
    }

    private static JsonObject Node(ComposedTemplate template) => new()
    {
        ["name"] = template.Name,
        ["language"] = template.Language,
        ["category"] = template.Category,
        ["parameter_format"] = template.Named ? "NAMED" : "POSITIONAL",
        ["message_send_ttl_seconds"] = template.TtlSeconds,
        ["cta_url_link_tracking_opted_out"] = template.OptedOutOfLinkTracking ? true : null,
        ["sub_category"] = template.SubCategory,
        ["display_format"] = template.DisplayFormat,
        ["components"] = WriteComponents.Array(template),
        ["files"] = JsonSerializer.SerializeToNode(PreviewDraft.MediaOf(template)),
        // Samples of variables that are not in the text now: whoever takes one out and puts it back finds its sample.
        ["samples"] = JsonSerializer.SerializeToNode(Texts(template).Select(text => text.Samples)),

        // Apart, because a code takes the place of all other components.
        ["aside"] = template.Aside is { } aside ? Node(aside with { Code = null }) : null,
        ["aside_code"] = template.Aside is { Code: { } code } ? Node(new ComposedTemplate { Category = TemplateCategories.Authentication, Code = code }) : null,
    };

    private static ComposedTemplate One(JsonObject stored)
    {
        var template = ReadComponents.Run(
            (string?)stored["name"] ?? "", (string?)stored["language"] ?? "", (string?)stored["category"] ?? "",
            (string?)stored["parameter_format"] == "NAMED", stored["components"]!.ToJsonString()) with
        {
            TtlSeconds = (int?)stored["message_send_ttl_seconds"],
            OptedOutOfLinkTracking = (bool?)stored["cta_url_link_tracking_opted_out"] == true,
            SubCategory = (string?)stored["sub_category"],
            DisplayFormat = (string?)stored["display_format"],
        };
        var files = new Queue<ComposedMedia>(stored["files"].Deserialize<List<ComposedMedia>>() ?? []);
        var samples = new Queue<Dictionary<string, string>>(stored["samples"].Deserialize<List<Dictionary<string, string>>>() ?? []);
        template = template with { Header = Restore(template.Header, files, samples), Body = Restore(template.Body, samples)! };
        return template with
        {
            Cards = [.. template.Cards.Select(card => card with { Header = Restore(card.Header, files, samples), Body = Restore(card.Body, samples) })],
        };
    }

    /// <summary>In the order in which they are restored.</summary>
    private static IEnumerable<ComposedText> Texts(ComposedTemplate template)
    {
        foreach (var (header, body) in template.Cards.Select(card => (card.Header, card.Body)).Prepend((template.Header, template.Body)))
        {
            if (header is ComposedHeader.Text text)
            {
                yield return text.Content;
            }

            if (body is not null)
            {
                yield return body;
            }
        }
    }

    private static ComposedHeader? Restore(ComposedHeader? header, Queue<ComposedMedia> files, Queue<Dictionary<string, string>> samples) => header switch
    {
        ComposedHeader.Media when files.TryDequeue(out var file) => new ComposedHeader.Media(file),
        ComposedHeader.Text text => new ComposedHeader.Text(Restore(text.Content, samples)!),
        _ => header,
    };

    private static ComposedText? Restore(ComposedText? content, Queue<Dictionary<string, string>> samples) =>
        content is not null && samples.TryDequeue(out var kept) ? content with { Samples = kept } : content;
}
