using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// The newest message of our side. <see cref="Age"/> is by our own clock. <see cref="ByHand"/>: a person wrote it, here or in the app on the
/// phone; the others are of programs, or went by themselves.
/// </summary>
public sealed record LastAnswer(long MessageId, long? AuthorId, string AuthorName, string Text, TimeSpan Age, bool ByHand);

/// <summary>What a composer asks before it sends, so that two people do not answer the same question.</summary>
public sealed class ReadLastAnswer(Store store, TimeProvider clock)
{
    /// <returns>Null when there is none the caller may see.</returns>
    public async Task<LastAnswer?> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var last = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversationId && m.Direction == MessageDirection.Outbound)
            .OrderByDescending(m => m.Id)
            .Select(m => new { m.Id, m.NumberId, m.AuthorId, m.AuthorName, m.Text, m.CreatedAtUtc, ByHand = m.AuthorId != null || m.ReplyJson == null })
            .FirstOrDefaultAsync(cancellationToken);
        return last is null || !caller.MaySeeNumber(last.NumberId)
            ? null
            : new LastAnswer(
                last.Id, last.AuthorId, Author.Name(MessageDirection.Outbound, last.AuthorId, last.AuthorName) ?? "", Preview.Of(last.Text),
                clock.GetUtcNow().UtcDateTime - last.CreatedAtUtc, last.ByHand);
    }
}
