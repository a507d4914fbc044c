using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>
/// Rows of one entity whose columns are among given lists: which columns are read, and the condition with <c>{0}</c>, <c>{1}</c> where
/// "is in that list" belongs. Keep it in a static field: a statement is prepared per connection and query.
/// </summary>
/// <param name="Locks">On PostgreSQL: locks the rows in the order of their ids, and reads what is committed by then.</param>
/// <param name="Columns">Null: all of them.</param>
internal sealed record RowQuery<T>(string Condition, IReadOnlyList<string>? Columns = null, bool Locks = false)
    where T : class, new();

/// <summary>
/// Reads rows by lists of keys with statements prepared once, into entities nobody tracks. Through EF each query costs about 0.3 ms
/// before it reaches the database, which is more than finding a hundred rows (docs/performance.md). Keep it with its context: prepared
/// statements belong to the connection.
/// </summary>
internal sealed class RowReader(WaConsoleDb db) : IDisposable
{
    private readonly bool _isPostgres = db.Database.IsNpgsql();
    private readonly Dictionary<object, (DbCommand Command, IReadOnlyList<RowColumn> Columns)> _statements = [];

    /// <summary>The statements so far, each with what it was last asked.</summary>
    internal IEnumerable<DbCommand> Statements => _statements.Values.Select(statement => statement.Command);

    /// <param name="lists">Arrays of strings, longs or Guids.</param>
    public async Task<List<T>> ReadAsync<T>(RowQuery<T> query, CancellationToken cancellationToken, params object[] lists)
        where T : class, new()
    {
        var (command, columns) = await StatementAsync(query, lists, cancellationToken);
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        for (var at = 0; at < lists.Length; at++)
        {
            command.Parameters[at].Value = _isPostgres ? lists[at] : Json(lists[at]);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new T();
            for (var at = 0; at < columns.Count; at++)
            {
                columns[at].Read(row, reader, at);
            }

            rows.Add(row);
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var (command, _) in _statements.Values)
        {
            command.Dispose();
        }
    }

    private async Task<(DbCommand Command, IReadOnlyList<RowColumn> Columns)> StatementAsync<T>(
        RowQuery<T> query, object[] lists, CancellationToken cancellationToken)
        where T : class, new()
    {
        if (_statements.TryGetValue(query, out var known))
        {
            return known;
        }

        var table = RowTable.Of(db, typeof(T));
        IReadOnlyList<RowColumn> columns = query.Columns is { } names
            ? [.. names.Select(name => table.Columns.Single(column => column.Name == name))]
            : table.Columns;
        var command = db.Database.GetDbConnection().CreateCommand();
        var selected = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        var isIn = lists.Select((_, at) => (object)(_isPostgres ? $"= ANY ({Name(at)})" : $"IN (SELECT value FROM json_each({Name(at)}))"));
        var condition = string.Format(CultureInfo.InvariantCulture, query.Condition, [.. isIn]);
        var locks = query.Locks && _isPostgres ? """ ORDER BY "Id" FOR NO KEY UPDATE""" : "";
#pragma warning disable CA2100 // Names from the model and a constant condition; what comes from outside is a parameter.
        command.CommandText = $"SELECT {selected} FROM \"{table.Name}\" WHERE {condition}{locks}";
#pragma warning restore CA2100
        for (var at = 0; at < lists.Length; at++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Name(at);
            parameter.Value = _isPostgres ? lists[at] : Json(lists[at]);
            command.Parameters.Add(parameter);
        }

        if (command is NpgsqlCommand)
        {
            await command.PrepareAsync(cancellationToken);
        }

        return _statements[query] = (command, columns);
    }

    /// <summary>As the columns hold them: SQLite keeps a Guid as capital letters.</summary>
    private static string Json(object list) => list switch
    {
        string[] texts => JsonSerializer.Serialize(texts),
        long[] ids => JsonSerializer.Serialize(ids),
        Guid[] keys => JsonSerializer.Serialize(keys.Select(key => key.ToString().ToUpperInvariant())),
        _ => throw new NotSupportedException($"A list of {list.GetType().Name}."),
    };

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"@p{at}");
}
