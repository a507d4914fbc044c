using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>
/// Where searches run: at most a few at once, so that they never take every core, and on PostgreSQL in a pool of their own, so that
/// they never take the connection a webhook needs.
/// </summary>
internal sealed class SearchLane : IDisposable
{
    private readonly DbContextOptions<WaConsoleDb> _options;
    private readonly SemaphoreSlim _places;
    private readonly ReadLimits _limits;

    public SearchLane(DbContextOptions<WaConsoleDb> options, IOptions<DatabaseOptions> database, ReadLimits limits)
    {
        _limits = limits;
        var atOnce = Math.Max(2, Environment.ProcessorCount / 2);
        _places = new SemaphoreSlim(atOnce, atOnce);
        _options = database.Value.Provider == DatabaseProvider.Postgres ? OwnPool(options, database.Value.ConnectionString, atOnce, limits.Usual) : options;
    }

    /// <returns>Null when the time was over, waiting for a place included.</returns>
    public async Task<T?> RunAsync<T>(Func<WaConsoleDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        if (!await _places.WaitAsync(_limits.Usual, cancellationToken))
        {
            return null;
        }

        try
        {
            return await BoundedRead.RunAsync(_ => Task.FromResult(new WaConsoleDb(_options)), _limits, ReadKind.Search, read, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static DbContextOptions<WaConsoleDb> OwnPool(DbContextOptions<WaConsoleDb> options, string connectionString, int atOnce, TimeSpan limit)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "WaConsole search",
            MinPoolSize = 0,
            MaxPoolSize = atOnce,

            // Planned for the very words: how common they are decides which index is read.
            MaxAutoPrepare = 0,
        };

        // The server's own limit, should the cancel request be lost. Compiling a statement that runs for some milliseconds costs more than it
        // saves. With the usual 4 MB the places of a frequent word are kept by page, and all rows of a page are looked at again.
        var settings = string.Create(CultureInfo.InvariantCulture, $"-c statement_timeout={(int)limit.TotalMilliseconds} -c jit=off -c work_mem=32MB");
        connection.Options = string.IsNullOrEmpty(connection.Options) ? settings : $"{connection.Options} {settings}";
        var builder = new DbContextOptionsBuilder<WaConsoleDb>(options);
        DatabaseProviders.Configure(builder, new DatabaseOptions { Provider = DatabaseProvider.Postgres, ConnectionString = connection.ToString() });
        return builder.Options;
    }
}
