using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>What people of the team were told, in the database of a running program.</summary>
public static class StoredNotices
{
    public static async Task MarkReadAsync(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        await using var db = new WaConsoleDb(builder.Options);
        await db.Notifications.Where(n => n.ReadAtUtc == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAtUtc, n => n.AtUtc));
    }
}
