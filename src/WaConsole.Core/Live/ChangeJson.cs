using System.Collections.Frozen;
using System.Text.Json;

namespace WaConsole.Core.Live;

/// <summary>A change as it travels between nodes: which node published it, its kind and its ids.</summary>
internal static class ChangeJson
{
    private static readonly FrozenDictionary<string, Type> Kinds = typeof(LiveChange).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(LiveChange)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static byte[] Write(Guid node, LiveChange change) => JsonSerializer.SerializeToUtf8Bytes(
        new Envelope(node, change.GetType().Name, JsonSerializer.SerializeToElement(change, change.GetType())));

    /// <returns>Null for what this version does not know or cannot read: nodes of two versions run side by side during an upgrade.</returns>
    public static (Guid Node, LiveChange Change)? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope>(json) is { Kind: not null } envelope
                && Kinds.TryGetValue(envelope.Kind, out var type)
                && envelope.Change.Deserialize(type) is LiveChange change
                    ? (envelope.Node, change)
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Envelope(Guid Node, string Kind, JsonElement Change);
}
