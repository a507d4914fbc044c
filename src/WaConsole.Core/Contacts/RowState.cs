using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace WaConsole.Core.Contacts;

/// <summary>The columns of a row as JSON, whichever they are: a column added later is kept and restored without a line here.</summary>
internal static class RowState
{
    public static JsonObject Of(EntityEntry entry)
    {
        var state = new JsonObject();
        foreach (var property in entry.CurrentValues.Properties)
        {
            state[property.Name] = JsonSerializer.SerializeToNode(entry.CurrentValues[property], property.ClrType);
        }

        return state;
    }

    /// <summary>Sets every column that the state knows.</summary>
    public static void Write(EntityEntry entry, JsonObject state)
    {
        foreach (var property in entry.CurrentValues.Properties.Where(property => state.ContainsKey(property.Name)))
        {
            Set(entry, property.Name, property.ClrType, state);
        }
    }

    /// <summary>
    /// Takes back what the merge did to a row that lived on: a column that is still as the merge left it, or that holds what came with
    /// the other row, becomes what it was before. What somebody changed since stays.
    /// </summary>
    public static void TakeBack(EntityEntry entry, JsonObject before, JsonObject after, JsonObject other)
    {
        var now = Of(entry);
        foreach (var property in entry.CurrentValues.Properties.Where(property => !property.IsPrimaryKey() && before.ContainsKey(property.Name)))
        {
            var name = property.Name;
            var untouched = Same(now[name], after[name]);
            var borrowed = now[name] is not null && Same(now[name], other[name]) && !Same(before[name], after[name]);
            if (untouched || borrowed)
            {
                Set(entry, name, property.ClrType, before);
            }
        }
    }

    public static T? Value<T>(JsonObject state, string name) => state[name] is { } node ? node.Deserialize<T>() : default;

    private static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    private static void Set(EntityEntry entry, string name, Type type, JsonObject state) =>
        entry.CurrentValues[name] = state[name] is { } node ? node.Deserialize(type) : null;
}
