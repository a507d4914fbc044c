using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>One prepared INSERT per table in long transactions, without journal: what is half written after a crash is thrown away.</summary>
internal sealed class SqliteBulkLoad(WaConsoleDb db) : BulkLoad(db)
{
    /// <summary>FTS5's own default of what it gathers in memory before it writes.</summary>
    private const int MegaByte = 1024 * 1024;

    private IReadOnlyList<(string Name, string Sql)> _indexes = [];
    private IReadOnlyList<(string Name, string Sql)> _triggers = [];

    protected override async Task BeginAsync()
    {
        await RunAsync("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA foreign_keys=OFF; PRAGMA threads=2;");
        _indexes = await AskAsync("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
        _triggers = await AskAsync("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        foreach (var (name, _) in _triggers)
        {
            await RunAsync($"DROP TRIGGER \"{name}\"");
        }

        foreach (var (name, _) in _indexes)
        {
            await RunAsync($"DROP INDEX \"{name}\"");
        }
    }

    public override async Task EndAsync(Action<string> say)
    {
        foreach (var (name, sql) in _indexes)
        {
            await RunAsync(sql);
            say(name);
        }

        foreach (var (name, _) in await AskAsync("SELECT name, sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"))
        {
            await RunAsync($"INSERT INTO \"{name}\"(\"{name}\", rank) VALUES ('hashsize', {128 * MegaByte})");
            await RunAsync($"INSERT INTO \"{name}\"(\"{name}\") VALUES ('rebuild')");
            await RunAsync($"INSERT INTO \"{name}\"(\"{name}\", rank) VALUES ('hashsize', {MegaByte})");
            say(name);
        }

        foreach (var (_, sql) in _triggers)
        {
            await RunAsync(sql);
        }

        await RunAsync("PRAGMA analysis_limit=2000; ANALYZE;");
        await RunAsync("PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;");
        say("analysed");
    }

    protected override Task<BulkTable<T>> OpenAsync<T>(string table, BulkColumn[] columns) =>
        Task.FromResult<BulkTable<T>>(new Table<T>((SqliteConnection)Db.Database.GetDbConnection(), table, columns));

    private sealed class Table<T> : BulkTable<T>
        where T : class
    {
        private const int RowsAtOnce = 200_000;

        private readonly SqliteConnection _connection;
        private readonly BulkColumn[] _columns;
        private readonly SqliteCommand _insert;
        private SqliteTransaction _transaction;
        private int _rows;

        public Table(SqliteConnection connection, string table, BulkColumn[] columns)
        {
            _connection = connection;
            _columns = columns;
            _insert = connection.CreateCommand();
            _insert.CommandText =
                $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) "
                + $"VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})";
            for (var at = 0; at < columns.Length; at++)
            {
                _insert.Parameters.Add(new SqliteParameter($"@p{at}", null));
            }

            _transaction = connection.BeginTransaction();
            _insert.Transaction = _transaction;
        }

        public override ValueTask AddAsync(T row)
        {
            for (var at = 0; at < _columns.Length; at++)
            {
                _insert.Parameters[at].Value = _columns[at].Of(row) ?? DBNull.Value;
            }

            _insert.ExecuteNonQuery();
            if (++_rows % RowsAtOnce == 0)
            {
                _transaction.Commit();
                _transaction.Dispose();
                _transaction = _connection.BeginTransaction();
                _insert.Transaction = _transaction;
            }

            return ValueTask.CompletedTask;
        }

        public override Task EndAsync()
        {
            _transaction.Commit();
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            await _transaction.DisposeAsync();
            await _insert.DisposeAsync();
        }
    }
}
