using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>
/// What is being composed, with the rules' answer to it. What a person types stays in the browser's own fields: the server draws them anew
/// only when <see cref="Revision"/> counts up, so that no key is lost to a late answer.
/// </summary>
public sealed class StudioSheet(Action onChanged)
{
    private ILookup<string, TemplateFinding> _byField = Array.Empty<TemplateFinding>().ToLookup(finding => finding.Field);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private IReadOnlyList<TemplateFinding> _stored = [];
    private bool _showsAll;
    private IReadOnlyDictionary<string, TemplateCounter> _counters = new Dictionary<string, TemplateCounter>();

    public ComposedTemplate Content { get; private set; } = new();

    /// <summary>The same template in another language, to translate from.</summary>
    public ComposedTemplate? Beside { get; set; }

    public int Revision { get; private set; }

    public IReadOnlyList<TemplateFinding> Findings { get; private set; } = [];

    public IReadOnlyDictionary<long, TemplateFile> Files { get; private set; } = new Dictionary<long, TemplateFile>();

    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>How many fields still say what they say in the other language.</summary>
    public int Untranslated => Alike.Count();

    public string FirstUntranslated => Alike.First();

    /// <summary>What to say below a field. One that nobody came to yet is not scolded for being empty; the list before submitting tells.</summary>
    public IEnumerable<TemplateFinding> Of(string field) => _showsAll || !IsUntouched(field)
        ? _byField[field]
        : _byField[field].Where(finding => finding.Severity != FindingSeverity.Error);

    public TemplateCounter? Counter(string field) => _counters.GetValueOrDefault(field);

    public string Read(string path) => DraftFields.Read(Content, path);

    /// <summary>Draws every field anew.</summary>
    public void Open(ComposedTemplate content, IEnumerable<TemplateFile> files)
    {
        Files = files.ToDictionary(file => file.MediaFileId);
        Take(content);
        Revision++;
    }

    /// <summary>From a field of the browser: it shows it already.</summary>
    public void Type(string path, string value)
    {
        _touched.Add(path);
        Take(DraftFields.Write(Content, path, value));
        onChanged();
    }

    /// <summary>From anything else: fields come, go or say something else.</summary>
    public void Change(Func<ComposedTemplate, ComposedTemplate> change)
    {
        Take(change(Content));
        Revision++;
        onChanged();
    }

    /// <summary>What no field of the browser shows, such as a file that has arrived: whoever is typing meanwhile goes on.</summary>
    public void Put(Func<ComposedTemplate, ComposedTemplate> change)
    {
        Take(change(Content));
        onChanged();
    }

    /// <summary>Somebody wanted to hand it in: from now on everything is said.</summary>
    public void ShowAll() => _showsAll = true;

    public void AddFile(TemplateFile file) => Files = new Dictionary<long, TemplateFile>(Files) { [file.MediaFileId] = file };

    /// <summary>What only the database knows, such as a name that is taken.</summary>
    public void Learn(IReadOnlyList<TemplateFinding> all)
    {
        var own = TemplateRules.Check(Content);
        _stored = [.. all.Except(own)];
        Judge(own);
    }

    private IEnumerable<string> Alike => Beside is { } other
        ? DraftFields.Texts(Content).Where(path => DraftFields.Read(Content, path) is { Length: > 0 } text && text == DraftFields.Read(other, path))
        : [];

    private bool IsUntouched(string field) => DraftFields.IsText(field) && !_touched.Contains(field) && Read(field).Length == 0;

    private void Take(ComposedTemplate content)
    {
        if (content.Name != Content.Name || content.Language != Content.Language)
        {
            _stored = [];
        }

        Content = content;
        Judge(TemplateRules.Check(content));
        _counters = TemplateCounters.Of(content).ToDictionary(counter => counter.Field);
    }

    private void Judge(IReadOnlyList<TemplateFinding> own)
    {
        Findings = [.. own.Concat(_stored).Distinct()];
        _byField = Findings.ToLookup(finding => finding.Field);
    }
}
