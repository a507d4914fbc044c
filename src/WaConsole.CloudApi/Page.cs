using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>A part of a list.</summary>
/// <param name="Next">Give it as <c>after</c> to read on; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    internal static Page<T> Read(JsonElement answer, Func<JsonElement, T?> read)
    {
        var items = new List<T>();
        foreach (var row in answer.Items("data"u8))
        {
            if (read(row) is { } item)
            {
                items.Add(item);
            }
        }

        return new(items, Paging.Next(answer));
    }
}
