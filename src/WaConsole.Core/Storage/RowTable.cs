using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;

namespace WaConsole.Core.Storage;

/// <summary>The columns of an entity as EF maps them, so that a column added to the model is written here without a word.</summary>
internal sealed class RowTable
{
    /// <summary>Bits of the mask that names the columns of a statement.</summary>
    private const int MaxColumns = 64;

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

    public static RowTable Of(WaConsoleDb db, Type type) => new(db.Model.FindEntityType(type)!);

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

internal sealed class RowColumn
{
    private readonly Func<object, object?> _value;
    private readonly Func<object?, object?> _stored;

    public RowColumn(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        var getter = property.GetGetter();
        Name = property.GetColumnName();
        IsGenerated = property.ValueGenerated != ValueGenerated.Never;
        StoredType = Nullable.GetUnderlyingType(mapping.Converter?.ProviderClrType ?? mapping.ClrType) ?? mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        _value = getter.GetClrValue;
        _stored = mapping.Converter is { } converter ? converter.ConvertToProvider : value => value;
    }

    public string Name { get; }

    public bool IsGenerated { get; }

    /// <summary>What the database driver is given, without nullability.</summary>
    public Type StoredType { get; }

    public object? Value(object row) => _value(row);

    public object? Stored(object row) => _value(row) is { } value ? _stored(value) : null;

    /// <summary>All rows' values as an array of this column's type.</summary>
    public Array ToArray(IReadOnlyList<object> rows)
    {
        var array = Array.CreateInstance(StoredType.IsValueType ? typeof(Nullable<>).MakeGenericType(StoredType) : StoredType, rows.Count);
        for (var at = 0; at < rows.Count; at++)
        {
            array.SetValue(Stored(rows[at]), at);
        }

        return array;
    }

    public NpgsqlDbType PostgresType => StoredType switch
    {
        _ when StoredType == typeof(long) => NpgsqlDbType.Bigint,
        _ when StoredType == typeof(int) => NpgsqlDbType.Integer,
        _ when StoredType == typeof(bool) => NpgsqlDbType.Boolean,
        _ when StoredType == typeof(DateTime) => NpgsqlDbType.TimestampTz,
        _ when StoredType == typeof(Guid) => NpgsqlDbType.Uuid,
        _ when StoredType == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ when StoredType == typeof(string) => NpgsqlDbType.Text,
        _ => throw new NotSupportedException($"{Name} is of type {StoredType.Name}."),
    };
}
