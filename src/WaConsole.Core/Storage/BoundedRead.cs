using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace WaConsole.Core.Storage;

/// <summary>
/// A read that ends when its time is over or nobody wants it any more, in the database too: PostgreSQL is asked to cancel, SQLite is
/// interrupted. SQLite works on the caller's thread, so the read gets one of its own and the screen that asked stays free to cancel.
/// </summary>
internal static class BoundedRead
{
    /// <returns>Null when the time was over.</returns>
    public static async Task<T?> RunAsync<T>(
        Func<CancellationToken, Task<WaConsoleDb>> open,
        ReadLimits limits,
        ReadKind kind,
        Func<WaConsoleDb, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(limits.Of(kind));
        var token = within.Token;
        try
        {
            return await Task.Run(
                async () =>
                {
                    await using var db = await open(token);
                    await db.Database.OpenConnectionAsync(token);
                    using var interrupt = Interrupt.Of(db, token);
                    var answer = await read(db, token);
                    limits.Ran(kind);
                    return answer;
                },
                token);
        }
        catch (Exception fault) when (token.IsCancellationRequested && fault is OperationCanceledException or DbException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        catch (DbException fault) when (fault.SqlState == Npgsql.PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }

    private sealed class Interrupt : IDisposable
    {
        private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

        private readonly Lock _lock = new();
        private readonly Timer _timer;
        private readonly CancellationTokenRegistration _registration;
        private sqlite3? _connection;

        private Interrupt(sqlite3 connection, CancellationToken cancellationToken)
        {
            _connection = connection;
            _timer = new Timer(_ => Stop());

            // Again and again until the read gave up: an interrupt between two statements stops neither (sqlite.org/c3ref/interrupt.html).
            _registration = cancellationToken.Register(() => _timer.Change(TimeSpan.Zero, Again));
        }

        public static Interrupt? Of(WaConsoleDb db, CancellationToken cancellationToken) =>
            db.Database.GetDbConnection() is SqliteConnection { Handle: { } handle } ? new Interrupt(handle, cancellationToken) : null;

        public void Dispose()
        {
            lock (_lock)
            {
                _connection = null;
            }

            _registration.Dispose();
            _timer.Dispose();
        }

        private void Stop()
        {
            lock (_lock)
            {
                if (_connection is { IsClosed: false } connection)
                {
                    raw.sqlite3_interrupt(connection);
                }
            }
        }
    }
}
