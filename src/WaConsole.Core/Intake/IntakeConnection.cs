using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// The connection webhooks are worked off on, kept open with its prepared statements and dropped after a failure. On SQLite its commits
/// do not wait for the disk: in the write-ahead log later commits stand behind earlier ones, so a webhook's own commit, which waits,
/// carries them; a power cut can only take back the newest of them whole, and their webhooks are pending again
/// (docs/decisions/0017-intake-in-batches.md).
/// </summary>
internal sealed class IntakeConnection(WaConsoleDb db) : IAsyncDisposable
{
    /// <summary>
    /// SQLite keeps 2 MB of pages by default. With room for all that a batch touches intake takes a quarter more (docs/performance.md). In
    /// KiB, as SQLite wants it; memory is used as it is needed.
    /// </summary>
    public const string CachePages = "PRAGMA cache_size=-65536";

    public WaConsoleDb Db => db;

    public RowReader Reader { get; } = new(db);

    public RowWriter Writer { get; } = new(db);

    public KeptCommands Commands { get; } = new(db);

    public static async Task<IntakeConnection> OpenAsync(Store store, CancellationToken cancellationToken)
    {
        var db = await store.OpenAsync(cancellationToken);
        db.Database.AutoSavepointsEnabled = false;
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"PRAGMA synchronous=NORMAL", cancellationToken);
            await db.Database.ExecuteSqlRawAsync(CachePages, cancellationToken);
        }

        return new IntakeConnection(db);
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        Writer.Dispose();
        Commands.Dispose();
        await db.DisposeAsync();
    }
}
