using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>What was queued, for tests that cannot see the tables.</summary>
public static class OutboxRows
{
    public static async Task<int> CountAsync(Store store, OutboxLane lane)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        return await db.Outbox.CountAsync(entry => entry.Lane == lane);
    }

    /// <summary>In the database of another process.</summary>
    public static async Task<int> CountAsync(DatabaseOptions options, OutboxState state)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        await using var db = new WaConsoleDb(builder.Options);
        return await db.Outbox.CountAsync(entry => entry.State == state);
    }
}
