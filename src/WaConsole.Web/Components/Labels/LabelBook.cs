using WaConsole.Core.Labels;

namespace WaConsole.Web.Components.Labels;

/// <summary>All labels, to turn the ids a row keeps into what a person reads. One instance until a label changes, so that rows compare it by reference.</summary>
public sealed class LabelBook(IReadOnlyList<LabelView> all)
{
    private readonly Dictionary<long, LabelView> _byId = all.ToDictionary(label => label.Id);

    public static LabelBook Empty { get; } = new([]);

    public IReadOnlyList<LabelView> All => all;

    /// <summary>By name; deleted ones are left out.</summary>
    public IReadOnlyList<LabelView> Of(IReadOnlyCollection<long> ids) =>
        ids.Count == 0 ? [] : [.. all.Where(label => ids.Contains(label.Id))];

    public IReadOnlyList<LabelView> Of(string? ids) => ids is null ? [] : Of(LabelIds.Read(ids));

    /// <summary>Those that every one of some rows has.</summary>
    /// <param name="ids">As each row keeps them.</param>
    public IReadOnlyCollection<long> OnAll(IEnumerable<string?> ids) => ids.Select(LabelIds.Read)
        .Aggregate(all.Select(label => label.Id).ToList(), (common, own) => [.. common.Intersect(own)]);

    public LabelView? Find(long? id) => id is { } known ? _byId.GetValueOrDefault(known) : null;
}
