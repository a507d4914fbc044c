using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>The reading statements a host sent to its database, for tests of what a screen costs.</summary>
public sealed class SeenStatements : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _seen = new();

    public void NoteIn(IServiceCollection services) => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(this));

    /// <summary>Pages of the inbox list: places in order.</summary>
    public int InboxPages => _seen.Count(sql => sql.Contains("AS \"Key\" FROM \"Conversations\"", StringComparison.Ordinal));

    /// <summary>Rows of the inbox list, of a page or by themselves.</summary>
    public int InboxRows => _seen.Count(sql => From(sql, "Conversations") && sql.Contains("\"DisplayPhoneNumber\"", StringComparison.Ordinal));

    /// <summary>Counts of the inbox's tabs.</summary>
    public int InboxCounts => _seen.Count(sql => IsCount(sql) && sql.Contains("\"Conversations\"", StringComparison.Ordinal));

    /// <summary>Pages of a thread: from the newest line backwards, where named lines are read forwards.</summary>
    public int ThreadPages => _seen.Count(sql => sql.Contains("\"ReplyToWamid\"", StringComparison.Ordinal) && sql.Contains("DESC", StringComparison.Ordinal));

    /// <summary>Headers of conversations: they alone read the contact's age.</summary>
    public int Headers => _seen.Count(sql => sql.Contains("\"OptedOutReason\"", StringComparison.Ordinal));

    public int Count => _seen.Count;

    public void Clear() => _seen.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _seen.Enqueue(command.CommandText);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    private static bool From(string sql, string table) => sql.Contains($"FROM \"{table}\" AS", StringComparison.Ordinal);

    private static bool IsCount(string sql) => sql.Contains("COUNT(", StringComparison.OrdinalIgnoreCase);
}
