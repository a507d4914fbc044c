using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>COPY in binary, then the indexes with much memory, then the numbers of the id columns.</summary>
internal sealed class PostgresBulkLoad(WaConsoleDb db) : BulkLoad(db)
{
    private const string OurIndexes =
        """
        SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname AND c.relkind = 'i'
        JOIN pg_index x ON x.indexrelid = c.oid WHERE i.schemaname = current_schema() AND NOT x.indisprimary ORDER BY 1
        """;

    private const string OurIdentities =
        """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND is_identity = 'YES'
        """;

    private IReadOnlyList<(string Name, string Sql)> _indexes = [];

    protected override async Task BeginAsync()
    {
        await RunAsync("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET session_replication_role = replica");
        _indexes = await AskAsync(OurIndexes);
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

        foreach (var (table, column) in await AskAsync(OurIdentities))
        {
            await RunAsync(
                $"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), (SELECT COALESCE(MAX(\"{column}\"), 0) + 1 FROM \"{table}\"), false)");
        }

        await RunAsync("SET session_replication_role = origin");
        await RunAsync("VACUUM (ANALYZE)");
        say("vacuumed and analysed");
    }

    protected override async Task<BulkTable<T>> OpenAsync<T>(string table, BulkColumn[] columns)
    {
        var connection = (NpgsqlConnection)Db.Database.GetDbConnection();
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        return new Table<T>(await connection.BeginBinaryImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT BINARY)"), columns);
    }

    private sealed class Table<T>(NpgsqlBinaryImporter copy, BulkColumn[] columns) : BulkTable<T>
        where T : class
    {
        private readonly string[] _types = [.. columns.Select(column => column.StoreType.Split('(')[0])];

        public override ValueTask AddAsync(T row)
        {
            copy.StartRow();
            for (var at = 0; at < columns.Length; at++)
            {
                if (columns[at].Of(row) is { } value)
                {
                    copy.Write(value, _types[at]);
                }
                else
                {
                    copy.WriteNull();
                }
            }

            return ValueTask.CompletedTask;
        }

        public override async Task EndAsync()
        {
            copy.Timeout = TimeSpan.Zero;
            await copy.CompleteAsync();
        }

        public override async ValueTask DisposeAsync() => await copy.DisposeAsync();
    }
}
