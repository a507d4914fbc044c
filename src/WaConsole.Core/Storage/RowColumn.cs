using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using NpgsqlTypes;

namespace WaConsole.Core.Storage;

/// <summary>One column of an entity: its value on a row, as the database driver takes it and as it comes back.</summary>
internal sealed class RowColumn
{
    private readonly Func<object, object?> _value;
    private readonly Func<object?, object?> _stored;
    private readonly Lazy<Action<object, DbDataReader, int>> _read;

    public RowColumn(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        var getter = property.GetGetter();
        Name = property.GetColumnName();
        IsGenerated = property.ValueGenerated != ValueGenerated.Never;
        StoredType = Nullable.GetUnderlyingType(mapping.Converter?.ProviderClrType ?? mapping.ClrType) ?? mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        _value = getter.GetClrValue;
        _stored = mapping.Converter is { } converter ? converter.ConvertToProvider : value => value;
        _read = new Lazy<Action<object, DbDataReader, int>>(() => Reading(property, mapping));
    }

    public string Name { get; }

    public bool IsGenerated { get; }

    /// <summary>What the database driver is given, without nullability.</summary>
    public Type StoredType { get; }

    public object? Value(object row) => _value(row);

    public object? Stored(object row) => _value(row) is { } value ? _stored(value) : null;

    /// <summary>Sets this column's property from a column of what was read.</summary>
    public void Read(object row, DbDataReader reader, int ordinal) => _read.Value(row, reader, ordinal);

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

    /// <summary>The driver's method and the conversions that EF itself uses for the column.</summary>
    private static Action<object, DbDataReader, int> Reading(IProperty property, RelationalTypeMapping mapping)
    {
        var (row, reader, ordinal) = (
            Expression.Parameter(typeof(object)), Expression.Parameter(typeof(DbDataReader)), Expression.Parameter(typeof(int)));
        var method = mapping.GetDataReaderMethod();
        var value = mapping.CustomizeDataReaderExpression(
            Expression.Call(Expression.Convert(reader, method.DeclaringType!), method, ordinal));
        if (mapping.Converter is { ConvertFromProviderExpression: var convert })
        {
            value = ReplacingExpressionVisitor.Replace(convert.Parameters[0], As(value, convert.Parameters[0].Type), convert.Body);
        }

        value = As(value, property.ClrType);
        var orNull = property.IsNullable
            ? Expression.Condition(
                Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, ordinal), Expression.Default(property.ClrType), value)
            : value;
        var set = Expression.Assign(
            Expression.MakeMemberAccess(Expression.Convert(row, property.DeclaringType.ClrType), property.GetMemberInfo(forMaterialization: false, forSet: true)),
            orNull);
        return Expression.Lambda<Action<object, DbDataReader, int>>(set, row, reader, ordinal).Compile();
    }

    private static Expression As(Expression value, Type type) => value.Type == type ? value : Expression.Convert(value, type);
}
