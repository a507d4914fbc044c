using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Shows the customer that somebody is typing, when the number allows it. It marks the chat read as well (Meta, Typing indicators), lasts 25 s,
/// and is best effort: a failure is logged and not shown. At most once per 20 s and conversation reach WhatsApp.
/// </summary>
public sealed class ShowTyping(Store store, ReadReceipts receipts, TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<long, DateTimeOffset> _shown = new();

    public async Task RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (!IsTime(conversationId))
        {
            return;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var number = await db.Conversations.Where(c => c.Id == conversationId)
            .Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        if (number is { } id && caller.MaySeeNumber(id) && Claim(conversationId))
        {
            receipts.QueueTyping(conversationId);
        }
    }

    private bool IsTime(long conversationId) =>
        !_shown.TryGetValue(conversationId, out var last) || clock.GetUtcNow() - last >= Quiet;

    private bool Claim(long conversationId)
    {
        if (_shown.Count > Remembered)
        {
            _shown.Clear();
        }

        var now = clock.GetUtcNow();
        return _shown.TryGetValue(conversationId, out var last)
            ? now - last >= Quiet && _shown.TryUpdate(conversationId, now, last)
            : _shown.TryAdd(conversationId, now);
    }
}
