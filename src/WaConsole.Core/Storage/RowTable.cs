using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WaConsole.Core.Storage;

/// <summary>The columns of an entity as EF maps them, so that a column added to the model is written here without a word.</summary>
internal sealed class RowTable
{
    /// <summary>Bits of the mask that names the columns of a statement.</summary>
    private const int MaxColumns = 64;

    private static readonly ConditionalWeakTable<IEntityType, RowTable> Known = [];

    private RowTable(IEntityType entity)
    {
        Name = entity.GetTableName()!;
        Columns = [.. entity.GetProperties().Where(property => !property.IsShadowProperty()).Select(property => new RowColumn(property))];
        if (Columns.Count > MaxColumns || entity.FindPrimaryKey() is not { Properties: [{ Name: "Id" }] })
        {
            throw new NotSupportedException($"{Name} cannot be written in bulk.");
        }

        Key = Columns.Single(column => column.Name == "Id");
    }

    public string Name { get; }

    public IReadOnlyList<RowColumn> Columns { get; }

    public RowColumn Key { get; }

    public static RowTable Of(WaConsoleDb db, Type type) => Known.GetValue(db.Model.FindEntityType(type)!, entity => new RowTable(entity));

    public object?[] Values(object row)
    {
        var values = new object?[Columns.Count];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = Columns[at].Value(row);
        }

        return values;
    }

    /// <summary>One bit for each column whose value is another one now.</summary>
    public ulong Changed(object row, object?[] before)
    {
        var mask = 0UL;
        for (var at = 0; at < before.Length; at++)
        {
            mask |= Equals(Columns[at].Value(row), before[at]) ? 0 : 1UL << at;
        }

        return mask;
    }

    public IReadOnlyList<RowColumn> Of(ulong mask) => [.. Columns.Where((_, at) => (mask & (1UL << at)) != 0)];
}
