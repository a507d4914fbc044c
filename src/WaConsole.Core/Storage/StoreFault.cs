using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WaConsole.Core.Storage;

internal static class StoreFault
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteFull = 13;
    private const int SqliteConstraint = 19;
    private const int SqliteRange = 25;

    extension(Exception failure)
    {
        /// <summary>The database cannot work now (away, full, locked, read-only): what was written is not to blame.</summary>
        public bool IsStoreDown => failure.StoreCause switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode is not (1 or SqliteConstraint or 18 or 20 or SqliteRange),
            PostgresException postgres => postgres.SqlState[..2] is "08" or "53" or "57" or "58"
                || postgres.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction,
            NpgsqlException => true,
            _ => failure is TimeoutException or IOException,
        };

        public bool IsDiskFull => failure.StoreCause is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull };

        /// <summary>What the database said, without values: they may name people.</summary>
        public string StoreWords => failure.StoreCause switch
        {
            SqliteException { SqliteErrorCode: SqliteFull } => "the disk is full",
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "the disk of the database is full",
            SqliteException sqlite => $"SQLite error {sqlite.SqliteExtendedErrorCode}",
            PostgresException postgres => $"PostgreSQL error {postgres.SqlState}",
            NpgsqlException => "the database does not answer",
            _ => failure.GetType().Name,
        };

        /// <summary>Two writers met: trying again may work.</summary>
        public bool IsConflict => failure.StoreCause switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked or SqliteConstraint,
            PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation
                or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
            _ => failure is Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException,
        };

        /// <summary>A statement that took too long or that nobody waits for any more.</summary>
        public bool IsBrokenOff => failure is OperationCanceledException || failure.StoreCause is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

        /// <summary>The database said it, whatever EF or Npgsql wrapped it in.</summary>
        public bool IsOfStore => failure.StoreCause is not null || failure is TimeoutException;

        private DbException? StoreCause
        {
            get
            {
                for (var cause = failure; cause is not null; cause = cause.InnerException)
                {
                    if (cause is DbException known)
                    {
                        return known;
                    }
                }

                return null;
            }
        }
    }
}
