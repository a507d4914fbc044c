namespace WaConsole.Web.Components.Labels;

/// <summary>A label to put on, or to take off.</summary>
public sealed record LabelWish(long LabelId, bool On)
{
    public IReadOnlyCollection<long> Add => On ? [LabelId] : [];

    public IReadOnlyCollection<long> Remove => On ? [] : [LabelId];
}
