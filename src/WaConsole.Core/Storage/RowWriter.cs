using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>
/// Writes many rows of a few tables inside the context's transaction: SQLite runs one prepared statement per row, which is a call inside
/// the process; PostgreSQL gets all rows of a kind in one statement. Through EF's change tracker the same rows cost four to ten times
/// as much, and on PostgreSQL a round trip each (docs/performance.md). Rows that are watched are written when a value changed, and only
/// the columns that did. Keep it with its context: prepared statements belong to the connection.
/// </summary>
/// <param name="isDurable">What is added is on disk when the transaction was committed, whatever PostgreSQL is set to.</param>
internal sealed class RowWriter(WaConsoleDb db, bool isDurable = false) : IDisposable
{
    private readonly bool _isPostgres = db.Database.IsNpgsql();
    private readonly KeptCommands _commands = new(db);
    private readonly Dictionary<Type, RowTable> _tables = [];
    private readonly Dictionary<(Type Type, ulong Mask, bool IsUpdate), RowStatement> _statements = [];
    private readonly Dictionary<Type, Changes> _changes = [];

    /// <summary>Forgets what was watched or added and not saved.</summary>
    public void Clear() => _changes.Clear();

    /// <summary>A row as it is in the database, or the part of it that was read: what changes on it from now on is saved.</summary>
    public void Watch<T>(T row)
        where T : class => Of<T>().Watched.Add((row, TableOf(typeof(T)).Values(row)));

    /// <summary>A new row. Its id is taken as it is; zero leaves it to the database.</summary>
    public void Add<T>(T row)
        where T : class => Of<T>().Added.Add(row);

    /// <summary>
    /// The id of a new row, later ones higher. On SQLite nobody else can insert before the transaction ends; on PostgreSQL ids come from
    /// the sequence, <paramref name="atOnce"/> in one round trip, and those not used are gone.
    /// </summary>
    public async ValueTask<long> NextIdAsync<T>(int atOnce, CancellationToken cancellationToken)
        where T : class
    {
        var changes = Of<T>();
        if (changes.Ids.Count == 0)
        {
            var table = TableOf(typeof(T)).Name;
            changes.Ids = _isPostgres
                ? new Queue<long>(await SequenceAsync(table, Math.Max(atOnce, 1), cancellationToken))
                : new Queue<long>([changes.LastId == 0 ? await HighestAsync(table, cancellationToken) + 1 : changes.LastId + 1]);
        }

        return changes.LastId = changes.Ids.Dequeue();
    }

    /// <summary>Writes what changed and what is new of one kind. The caller orders the kinds by their foreign keys.</summary>
    public async Task SaveAsync<T>(CancellationToken cancellationToken)
        where T : class
    {
        if (!_changes.Remove(typeof(T), out var changes))
        {
            return;
        }

        var table = TableOf(typeof(T));
        foreach (var same in changes.Watched.GroupBy(watched => table.Changed(watched.Row, watched.Before), watched => watched.Row))
        {
            if (same.Key != 0)
            {
                await RunAsync<T>(same.Key, isUpdate: true, [.. same], cancellationToken);
            }
        }

        var all = table.Columns.Count == 64 ? ulong.MaxValue : (1UL << table.Columns.Count) - 1;
        var generated = all & ~(1UL << table.Columns.ToList().IndexOf(table.Key));
        foreach (var same in changes.Added.GroupBy(row => table.Key.Value(row) is 0L ? generated : all))
        {
            await RunAsync<T>(same.Key, isUpdate: false, [.. same], cancellationToken);
        }
    }

    public void Dispose()
    {
        _commands.Dispose();
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }

    private Task<List<long>> SequenceAsync(string table, int count, CancellationToken cancellationToken) => db.Database
        .SqlQuery<long>($"""SELECT nextval(pg_get_serial_sequence({$"\"{table}\""}, 'Id')) AS "Value" FROM generate_series(1, {count})""")
        .ToListAsync(cancellationToken);

    private Task<long> HighestAsync(string table, CancellationToken cancellationToken) =>
        _commands.NumberAsync("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = @p0), 0)", [table], cancellationToken);

    private Task RunAsync<T>(ulong mask, bool isUpdate, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        if (!_statements.TryGetValue((typeof(T), mask, isUpdate), out var statement))
        {
            var table = TableOf(typeof(T));
            statement = isUpdate
                ? RowStatement.Update(db.Database.GetDbConnection(), table, table.Of(mask))
                : RowStatement.Insert(db.Database.GetDbConnection(), table, table.Of(mask), isDurable);
            _statements.Add((typeof(T), mask, isUpdate), statement);
        }

        return statement.RunAsync(db.Database.CurrentTransaction!.GetDbTransaction(), rows, cancellationToken);
    }

    private Changes Of<T>()
    {
        if (!_changes.TryGetValue(typeof(T), out var changes))
        {
            _changes.Add(typeof(T), changes = new Changes());
        }

        return changes;
    }

    private RowTable TableOf(Type type)
    {
        if (!_tables.TryGetValue(type, out var table))
        {
            _tables.Add(type, table = RowTable.Of(db, type));
        }

        return table;
    }

    private sealed class Changes
    {
        public List<(object Row, object?[] Before)> Watched { get; } = [];

        public List<object> Added { get; } = [];

        public Queue<long> Ids { get; set; } = [];

        public long LastId { get; set; }
    }
}
