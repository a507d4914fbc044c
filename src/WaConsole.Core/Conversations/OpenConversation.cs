using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// The one conversation of a contact with a business number: found, or made under the unique key, so that two writers at once
/// get the same row. Runs inside the caller's transaction; the contact must be saved.
/// </summary>
internal static class OpenConversation
{
    /// <summary>The row of a new conversation.</summary>
    public static Conversation New(long contactId, long numberId, DateTime nowUtc) => new()
    {
        ContactId = contactId,
        NumberId = numberId,
        LastActivityAtUtc = nowUtc,
        CreatedAtUtc = nowUtc,
    };

    public static async Task<Conversation> ApplyAsync(
        WaConsoleDb db, long contactId, long numberId, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, contactId, numberId, cancellationToken) is { } known)
        {
            return known;
        }

        // Both databases read "on conflict do nothing" alike; an insert through the change tracker would end the transaction instead.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Conversations" ("ContactId", "NumberId", "Status", "UnreadCount", "LastActivityAtUtc", "LastPreview", "LastKind",
                "LastDirection", "LastStatus", "WindowExpiryAnnounced", "OwnedElsewhere", "CreatedAtUtc")
            VALUES ({contactId}, {numberId}, {(int)ConversationStatus.Open}, 0, {nowUtc}, '', 0, 0, 0, {true}, {false}, {nowUtc})
            ON CONFLICT ("ContactId", "NumberId") DO NOTHING
            """,
            cancellationToken);
        return (await FindAsync(db, contactId, numberId, cancellationToken))!;
    }

    /// <summary>
    /// Locked until the caller's commit, or an agent who resolves or reads the conversation meanwhile would be overwritten. SQLite's
    /// transaction holds the only write lock already.
    /// </summary>
    private static Task<Conversation?> FindAsync(
        WaConsoleDb db, long contactId, long numberId, CancellationToken cancellationToken)
    {
        var conversations = db.Database.IsNpgsql()
            ? db.Conversations.FromSql(
                $"""SELECT * FROM "Conversations" WHERE "ContactId" = {contactId} AND "NumberId" = {numberId} FOR UPDATE""")
            : db.Conversations.Where(c => c.ContactId == contactId && c.NumberId == numberId);
        return conversations.SingleOrDefaultAsync(cancellationToken);
    }
}
