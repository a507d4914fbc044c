using WaConsole.Core.CannedReplies;
using WaConsole.Core.Conversations;
using WaConsole.Core.Templates;
using WaConsole.Web.Components.Conversations.Interactive;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What somebody has filled in of a template so far.</summary>
public sealed class TemplateFill(TemplateView template)
{
    private readonly Dictionary<string, UploadedFile> _files = [];

    public Dictionary<string, string> Texts { get; } = [];

    public MessageContent.Location? Place { get; set; }

    /// <summary>Groups of products, as the composer of interactive messages has them.</summary>
    public InteractiveDraft Products { get; } = new();

    /// <summary>How many cards, when more than defined.</summary>
    public int? Cards { get; private set; }

    public IReadOnlyList<TemplateField> Fields { get; private set; } = template.Fields;

    public bool MayAddCard => template.CardsMayGrow && CardCount < TemplateView.MostCards;

    public bool MayRemoveCard => template.CardsMayGrow && CardCount > template.Cards.Count;

    public int CardCount => Cards ?? template.Cards.Count;

    public int Missing => Fields.Count(needed => needed.Required && !IsFilled(needed));

    public TemplateValues Values => new(
        Texts.Where(text => !string.IsNullOrWhiteSpace(text.Value)).ToDictionary(text => text.Key, text => text.Value.Trim()),
        FileOf("header.media")?.MediaFileId,
        Place,
        _files.Where(file => file.Key != "header.media").ToDictionary(file => file.Key, file => file.Value.MediaFileId) is { Count: > 0 } cards ? cards : null,
        Groups() is { Count: > 0 } groups ? groups : null,
        Cards);

    public MediaView? HeaderMedia => FileOf("header.media")?.Example.Media;

    /// <summary>
    /// The values with what is known of a person put in, and the variables for which nothing is: {{first_name}}, or with a word for
    /// that case {{first_name|there}}.
    /// </summary>
    public (TemplateValues Values, IReadOnlyList<string> Unknown) For(IReadOnlyDictionary<string, string> known)
    {
        var values = Values;
        var texts = new Dictionary<string, string>(values.Texts);
        List<string> unknown = [];
        foreach (var field in Fields.Where(field => field.Kind is TemplateFieldKind.Text or TemplateFieldKind.UrlSuffix && texts.ContainsKey(field.Key)))
        {
            var filled = CannedVariables.Fill(texts[field.Key], known);
            texts[field.Key] = filled.Text;
            unknown.AddRange(filled.Missing);
        }

        return (values with { Texts = texts }, [.. unknown.Distinct()]);
    }

    public MessageContent.SentTemplate Preview(TemplateValues values) => RenderTemplate.Run(
        template, values, _files.Values.DistinctBy(file => file.MediaFileId).ToDictionary(
            file => file.MediaFileId, file => file.Example.Sent));

    public UploadedFile? FileOf(string key) => _files.GetValueOrDefault(key);

    public void Take(string key, UploadedFile? file)
    {
        if (file is null)
        {
            _files.Remove(key);
        }
        else
        {
            _files[key] = file;
        }
    }

    public void AddCard() => SetCards(CardCount + 1);

    public void RemoveCard()
    {
        foreach (var field in Fields.Where(field => field.Card == CardCount - 1))
        {
            Texts.Remove(field.Key);
            _files.Remove(field.Key);
        }

        SetCards(CardCount - 1);
    }

    private void SetCards(int count)
    {
        Cards = count > template.Cards.Count ? count : null;
        Fields = template.FieldsFor(Cards);
    }

    private bool IsFilled(TemplateField field) => field.Kind switch
    {
        _ when field.IsFile => FileOf(field.Key) is not null,
        TemplateFieldKind.Location => Place is not null,
        TemplateFieldKind.Products => Groups().Count > 0,
        _ => !string.IsNullOrWhiteSpace(Texts.GetValueOrDefault(field.Key)),
    };

    private List<TemplateProducts> Groups() =>
    [
        .. Products.ProductGroups.Where(group => group.Picks.Count > 0).Select(group => new TemplateProducts(
            string.IsNullOrWhiteSpace(group.Title) ? null : group.Title.Trim(), [.. group.Picks.Select(pick => pick.ProductId)])),
    ];
}
