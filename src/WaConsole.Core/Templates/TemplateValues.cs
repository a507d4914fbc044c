using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates;

/// <summary>
/// Values for one send, by field key: "header.1" or "header.name", "body.1" or "body.first_name", "button.0" (index in the template);
/// the same of a carousel's card behind "card.0.". A one-time code is the body's value: it goes into the button by itself.
/// <see cref="Files"/>: uploads of ours for the headers of cards, by field key. <see cref="Cards"/>: how many product cards, when more
/// than the template defines.
/// </summary>
public sealed record TemplateValues(
    IReadOnlyDictionary<string, string> Texts,
    long? HeaderMediaFileId = null,
    MessageContent.Location? HeaderLocation = null,
    IReadOnlyDictionary<string, long>? Files = null,
    IReadOnlyList<TemplateProducts>? Sections = null,
    int? Cards = null)
{
    public static TemplateValues None { get; } = new(new Dictionary<string, string>());

    public long? FileOf(string key) =>
        key == TemplateField.HeaderMedia ? HeaderMediaFileId : Files is not null && Files.TryGetValue(key, out var file) ? file : null;

    /// <summary>As they can be stored: what is sent and what was told elsewhere is compared as this. Of keys that become one, the last counts.</summary>
    internal TemplateValues Cleaned()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in Texts)
        {
            texts[StoredText.Clean(key)] = StoredText.Clean(text);
        }

        return this with
        {
            Texts = texts,
            Sections = Sections?.Select(section => new TemplateProducts(
                StoredText.CleanOrNull(section.Title), [.. section.ProductIds.Select(id => StoredText.Clean(id))])).ToList(),
        };
    }
}

/// <summary>A group of products of a multi-product template.</summary>
public sealed record TemplateProducts(string? Title, IReadOnlyList<string> ProductIds);
