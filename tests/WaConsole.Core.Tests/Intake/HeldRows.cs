using Npgsql;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>A transaction of somebody else on PostgreSQL that holds rows, and who waits for it.</summary>
internal sealed class HeldRows : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldRows(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    public static async Task<HeldRows> OfAsync(CoreHost core, string sql)
    {
        var connection = new NpgsqlConnection(core.Database.ConnectionString);
        await connection.OpenAsync();
        var held = new HeldRows(connection, await connection.BeginTransactionAsync());
        await held.RunAsync(sql);
        return held;
    }

    public async Task RunAsync(string sql)
    {
#pragma warning disable CA2100 // A constant of a test.
        await using var command = new NpgsqlCommand(sql, _connection, _transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns when so many others wait for a lock in this database.</summary>
    public async Task UntilWaitingAsync(int others) => await Until.TrueAsync(
        async () =>
        {
            await using var command = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", _connection, _transaction);

            // What a transaction has seen of the activity it keeps seeing.
            await RunAsync("SELECT pg_stat_clear_snapshot()");
            return (long)(await command.ExecuteScalarAsync())! == others;
        },
        "others to wait for the rows");

    public Task CommitAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
