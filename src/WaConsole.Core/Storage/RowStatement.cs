using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace WaConsole.Core.Storage;

/// <summary>An insert or an update of these columns, prepared once and run for any number of rows.</summary>
internal sealed class RowStatement : IDisposable
{
    private readonly DbCommand _command;
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly bool _isPostgres;

    private RowStatement(DbConnection connection, string sql, IReadOnlyList<RowColumn> columns)
    {
        _columns = columns;
        _isPostgres = connection is NpgsqlConnection;
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var at = 0; at < columns.Count; at++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = Name(at);
            if (parameter is NpgsqlParameter array)
            {
                array.NpgsqlDbType = NpgsqlDbType.Array | columns[at].PostgresType;
            }

            _command.Parameters.Add(parameter);
        }
    }

    /// <param name="isDurable">On PostgreSQL, in the same round trip: see <see cref="DurableCommit"/>.</param>
    public static RowStatement Insert(DbConnection connection, RowTable table, IReadOnlyList<RowColumn> columns, bool isDurable)
    {
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        var values = connection is NpgsqlConnection ? $"SELECT * FROM unnest({Parameters(columns)})" : $"VALUES ({Parameters(columns)})";
        var before = isDurable && connection is NpgsqlConnection ? DurableCommit.OnPostgres + "; " : "";
        return new RowStatement(connection, $"{before}INSERT INTO \"{table.Name}\" ({names}) {values}", columns);
    }

    public static RowStatement Update(DbConnection connection, RowTable table, IReadOnlyList<RowColumn> columns)
    {
        IReadOnlyList<RowColumn> all = [.. columns, table.Key];
        if (connection is not NpgsqlConnection)
        {
            var sets = string.Join(", ", columns.Select((column, at) => $"\"{column.Name}\" = {Name(at)}"));
            return new RowStatement(connection, $"UPDATE \"{table.Name}\" SET {sets} WHERE \"Id\" = {Name(columns.Count)}", all);
        }

        var given = string.Join(", ", columns.Select((column, at) => $"\"{column.Name}\" = given.c{at}"));
        var names = string.Join(", ", all.Select((_, at) => $"c{at}"));
        return new RowStatement(
            connection,
            $"UPDATE \"{table.Name}\" AS t SET {given} FROM unnest({Parameters(all)}) AS given({names}) WHERE t.\"Id\" = given.c{columns.Count}",
            all);
    }

    public async Task RunAsync(DbTransaction transaction, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        _command.Transaction = transaction;
        if (_isPostgres)
        {
            for (var at = 0; at < _columns.Count; at++)
            {
                _command.Parameters[at].Value = _columns[at].ToArray(rows);
            }

            await _command.PrepareAsync(cancellationToken);
            await _command.ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        foreach (var row in rows)
        {
            for (var at = 0; at < _columns.Count; at++)
            {
                _command.Parameters[at].Value = _columns[at].Stored(row) ?? DBNull.Value;
            }

            await _command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public void Dispose() => _command.Dispose();

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"@p{at}");

    private static string Parameters(IReadOnlyList<RowColumn> columns) => string.Join(", ", columns.Select((_, at) => Name(at)));
}
