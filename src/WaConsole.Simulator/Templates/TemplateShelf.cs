namespace WaConsole.Simulator.Templates;

/// <summary>The templates of the business account, by name and language.</summary>
public sealed class TemplateShelf
{
    private readonly Lock _gate = new();
    private List<SimulatedTemplate> _templates = [];

    public IReadOnlyList<SimulatedTemplate> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _templates];
            }
        }
    }

    public SimulatedTemplate? Find(string name, string language) =>
        All.FirstOrDefault(template => template.Name == name && template.Language == language);

    public SimulatedTemplate? FindById(string id) => All.FirstOrDefault(template => template.Id == id);

    /// <summary>Adds a template or replaces the one of the same name and language.</summary>
    public void Put(SimulatedTemplate template)
    {
        lock (_gate)
        {
            var at = _templates.FindIndex(t => t.Name == template.Name && t.Language == template.Language);
            if (at < 0)
            {
                _templates.Add(template);
            }
            else
            {
                _templates[at] = template;
            }
        }
    }

    public void Replace(IEnumerable<SimulatedTemplate> templates)
    {
        lock (_gate)
        {
            _templates = [.. templates];
        }
    }
}
