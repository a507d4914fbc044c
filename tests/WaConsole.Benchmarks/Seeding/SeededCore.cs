using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using WaConsole.Core;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>The real Core on a database that stays: the one `seed` fills and `queries` reads. No workers run.</summary>
internal sealed class SeededCore : IAsyncDisposable
{
    private readonly IHost _host;

    private SeededCore(IHost host, string where)
    {
        _host = host;
        Where = where;
    }

    /// <summary>File or database, for a person.</summary>
    public string Where { get; }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Opens it, makes it when missing, and brings it to this version's schema.</summary>
    public static async Task<SeededCore> OpenAsync(DatabaseProvider provider, string? connection)
    {
        connection ??= DefaultConnection(provider);
        if (provider == DatabaseProvider.Postgres)
        {
            await MakeDatabaseAsync(connection);
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = connection,
            ["Media:Root"] = Path.Combine(Path.GetTempPath(), "waconsole-seed", "media"),
        });
        builder.Services.AddWaConsoleCore();
        var host = builder.Build();
        await host.Services.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
        return new SeededCore(host, provider == DatabaseProvider.Sqlite
            ? new SqliteConnectionStringBuilder(connection).DataSource
            : new NpgsqlConnectionStringBuilder(connection).Database!);
    }

    /// <summary>The database `seed` fills when none is named.</summary>
    public static string DefaultConnection(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite
        ? $"Data Source={Path.Combine(Path.GetTempPath(), "waconsole-seed", "waconsole.db")}"
        : new NpgsqlConnectionStringBuilder(
            TestDatabase.PostgresServer ?? throw new InvalidOperationException($"Name a database with --connection or {TestDatabase.PostgresVariable}."))
        { Database = "waconsole_seed" }.ToString();

    public ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task MakeDatabaseAsync(string connection)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connection);
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }.ToString());
        await server.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = @name", server);
        command.Parameters.AddWithValue("name", wanted.Database!);
        if (await command.ExecuteScalarAsync() is null)
        {
            await using var make = new NpgsqlCommand($"CREATE DATABASE \"{wanted.Database!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", server);
            await make.ExecuteNonQueryAsync();
        }
    }
}
