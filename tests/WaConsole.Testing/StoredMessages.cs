using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>A message as it is in the database, whatever the program makes of it.</summary>
public sealed record StoredMessage(string? Wamid, string? ClientKey, MessageDirection Direction, DeliveryStatus Status, string Text);

public static class StoredMessages
{
    public static async Task<IReadOnlyList<StoredMessage>> ReadAsync(DatabaseOptions options)
    {
        await using var db = Open(options);
        var rows = await db.Messages.AsNoTracking()
            .Where(m => m.Direction != MessageDirection.None)
            .Select(m => new { m.Wamid, m.ClientKey, m.Direction, m.Status, m.Text })
            .ToListAsync();
        return [.. rows.Select(m => new StoredMessage(m.Wamid, m.ClientKey?.ToString("N"), m.Direction, m.Status, m.Text))];
    }

    /// <summary>Statuses as WhatsApp worded them, by wamid.</summary>
    public static async Task<IReadOnlyList<(string Wamid, string Word)>> StatusesAsync(DatabaseOptions options)
    {
        await using var db = Open(options);
        var rows = await db.MessageStatusFacts.AsNoTracking().Select(fact => new { fact.Wamid, fact.Status }).ToListAsync();
        return [.. rows.Select(fact => (fact.Wamid, fact.Status))];
    }

    /// <summary>Client keys of messages whose bytes may be leaving.</summary>
    public static async Task<IReadOnlyList<string>> LeavingAsync(DatabaseOptions options)
    {
        await using var db = Open(options);
        var keys = await db.Outbox.AsNoTracking().Where(e => e.State == OutboxState.Sending).Select(e => e.Message.ClientKey).ToListAsync();
        return [.. keys.OfType<Guid>().Select(key => key.ToString("N"))];
    }

    private static WaConsoleDb Open(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        return new WaConsoleDb(builder.Options);
    }
}
