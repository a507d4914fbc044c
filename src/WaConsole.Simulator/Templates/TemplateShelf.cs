using System.Collections.Immutable;

namespace WaConsole.Simulator.Templates;

/// <summary>The templates of the business account, by name and language. Reading never waits.</summary>
public sealed class TemplateShelf
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _lockedNames = new(StringComparer.Ordinal);
    private Shelf _shelf = Shelf.Of([]);
    private long _lastId = 730000000001000;

    public IReadOnlyList<SimulatedTemplate> All => Volatile.Read(ref _shelf).InOrder;

    public SimulatedTemplate? Find(string name, string language) =>
        Volatile.Read(ref _shelf).ByName.GetValueOrDefault((name, language));

    public SimulatedTemplate? FindById(string id) => Volatile.Read(ref _shelf).ById.GetValueOrDefault(id);

    /// <summary>Adds a template or replaces the one of the same name and language.</summary>
    public void Put(SimulatedTemplate template)
    {
        lock (_gate)
        {
            var all = _shelf.InOrder;
            var at = all.FindIndex(t => t.Name == template.Name && t.Language == template.Language);
            Volatile.Write(ref _shelf, Shelf.Of(at < 0 ? all.Add(template) : all.SetItem(at, template)));
        }
    }

    public void Replace(IEnumerable<SimulatedTemplate> templates)
    {
        lock (_gate)
        {
            _lockedNames.Clear();
            Volatile.Write(ref _shelf, Shelf.Of([.. templates]));
        }
    }

    internal string NextId() => Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal void Remove(IReadOnlyCollection<SimulatedTemplate> gone)
    {
        lock (_gate)
        {
            Volatile.Write(ref _shelf, Shelf.Of(_shelf.InOrder.RemoveAll(template => gone.Any(g => g.Id == template.Id))));
        }
    }

    /// <summary>The name of an approved template cannot be used again for 30 days. Meta, "Template management", 2026.</summary>
    internal void LockName(string name, DateTimeOffset until)
    {
        lock (_gate)
        {
            _lockedNames[name] = until;
        }
    }

    internal bool NameLocked(string name, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _lockedNames.TryGetValue(name, out var until) && until > now;
        }
    }

    private sealed record Shelf(
        ImmutableList<SimulatedTemplate> InOrder,
        Dictionary<(string Name, string Language), SimulatedTemplate> ByName,
        Dictionary<string, SimulatedTemplate> ById)
    {
        public static Shelf Of(ImmutableList<SimulatedTemplate> all) =>
            new(all, all.ToDictionary(t => (t.Name, t.Language)), all.ToDictionary(t => t.Id));
    }
}
