using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>
/// Takes indexes and triggers away, lets tables be filled in bulk, and makes them again as the database itself wrote them down: the
/// schema at the end is the migrated one.
/// </summary>
internal abstract class BulkLoad(WaConsoleDb db) : IAsyncDisposable
{
    protected WaConsoleDb Db { get; } = db;

    public static async Task<BulkLoad> StartAsync(WaConsoleDb db)
    {
        BulkLoad bulk = db.Database.IsSqlite() ? new SqliteBulkLoad(db) : new PostgresBulkLoad(db);
        await db.Database.OpenConnectionAsync();
        await bulk.BeginAsync();
        return bulk;
    }

    public async Task<BulkTable<T>> TableAsync<T>()
        where T : class
    {
        var entity = Db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        var columns = entity.GetProperties().Where(property => property.GetComputedColumnSql() is null)
            .Select(property => new BulkColumn(property, property.GetColumnName(table)!)).ToArray();
        return await OpenAsync<T>(entity.GetTableName()!, columns);
    }

    public abstract Task EndAsync(Action<string> say);

    public async ValueTask DisposeAsync() => await Db.Database.CloseConnectionAsync();

    protected abstract Task BeginAsync();

    protected abstract Task<BulkTable<T>> OpenAsync<T>(string table, BulkColumn[] columns)
        where T : class;

    protected async Task RunAsync(string sql)
    {
        await using var command = Db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<IReadOnlyList<(string Name, string Sql)>> AskAsync(string sql)
    {
        await using var command = Db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<(string, string)> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), Convert.ToString(reader.GetValue(1), CultureInfo.InvariantCulture)!));
        }

        return rows;
    }
}

/// <summary>A column of the model and how its value reaches the database.</summary>
internal sealed class BulkColumn(IProperty property, string name)
{
    private readonly Func<object, object?> _read = Reader(property);

    public string Name => name;

    public string StoreType => property.GetColumnType();

    public object? Of(object row) => _read(row);

    private static Func<object, object?> Reader(IProperty property)
    {
        var getter = property.GetGetter();
        var converter = property.GetTypeMapping().Converter;
        return converter is null ? getter.GetClrValue : row => getter.GetClrValue(row) is { } value ? converter.ConvertToProvider(value) : null;
    }
}

internal abstract class BulkTable<T> : IAsyncDisposable
    where T : class
{
    public abstract ValueTask AddAsync(T row);

    public abstract Task EndAsync();

    public abstract ValueTask DisposeAsync();
}
