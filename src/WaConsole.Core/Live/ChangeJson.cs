using System.Collections.Frozen;
using System.Text.Json;

namespace WaConsole.Core.Live;

/// <summary>Changes as they travel between nodes: which node published them, and for each its kind and its ids.</summary>
internal static class ChangeJson
{
    private static readonly FrozenDictionary<string, Type> Kinds = typeof(LiveChange).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(LiveChange)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static byte[] Write(Guid node, LiveNews news) => JsonSerializer.SerializeToUtf8Bytes(
        new Envelope(node, news.Everything, [.. news.Changes.Select(ItemOf)]));

    /// <returns>
    /// Null for what cannot be read. Kinds this version does not know are left out: nodes of two versions run side by side during an
    /// upgrade.
    /// </returns>
    public static (Guid Node, LiveNews News)? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope>(json) is { Changes: not null } envelope
                ? (envelope.Node, new LiveNews([.. envelope.Changes.Select(ChangeOf).OfType<LiveChange>()], envelope.Everything))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Item ItemOf(LiveChange change) => new(change.GetType().Name, JsonSerializer.SerializeToElement(change, change.GetType()));

    private static LiveChange? ChangeOf(Item item) =>
        item.Kind is not null && Kinds.TryGetValue(item.Kind, out var type) ? item.Change.Deserialize(type) as LiveChange : null;

    private sealed record Envelope(Guid Node, bool Everything, IReadOnlyList<Item>? Changes);

    private sealed record Item(string? Kind, JsonElement Change);
}
