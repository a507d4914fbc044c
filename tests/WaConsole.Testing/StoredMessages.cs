using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>A message as it is in the database, whatever the program makes of it.</summary>
public sealed record StoredMessage(string? Wamid, string? ClientKey, MessageDirection Direction, DeliveryStatus Status, string Text);

public static class StoredMessages
{
    public static async Task<IReadOnlyList<StoredMessage>> ReadAsync(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        await using var db = new WaConsoleDb(builder.Options);
        var rows = await db.Messages.AsNoTracking()
            .Where(m => m.Direction != MessageDirection.None)
            .Select(m => new { m.Wamid, m.ClientKey, m.Direction, m.Status, m.Text })
            .ToListAsync();
        return [.. rows.Select(m => new StoredMessage(m.Wamid, m.ClientKey?.ToString("N"), m.Direction, m.Status, m.Text))];
    }
}
