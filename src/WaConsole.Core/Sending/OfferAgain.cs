using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Tells the screens when a message whose answer was lost may be sent again: nothing else happens to it at that moment. Kept in memory; those of
/// before a restart are found among the newest.
/// </summary>
internal sealed class OfferAgain(Store store, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Until then its answer may still come.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    private const int LookedThrough = 10_000;
    private const int Kept = 10_000;

    private readonly ConcurrentQueue<Waiting> _waiting = new();

    public event Action? Noted;

    public void Note(OutboxRow row) => Keep(new Waiting(row.NumberId, row.ConversationId, row.MessageId, clock.GetUtcNow().UtcDateTime));

    public async Task RecallAsync(CancellationToken cancellationToken)
    {
        var from = clock.GetUtcNow().UtcDateTime - After;
        await using var db = await store.OpenAsync(cancellationToken);
        var earlier = await db.Outbox.AsNoTracking().OrderByDescending(e => e.Id).Take(LookedThrough)
            .Where(e => e.State == OutboxState.Unknown && e.Message.Status == DeliveryStatus.Unknown && e.Message.StatusAtUtc > from)
            .Select(e => new Waiting(e.NumberId, e.ConversationId, e.MessageId, e.Message.StatusAtUtc!.Value))
            .ToListAsync(cancellationToken);
        foreach (var one in earlier.OrderBy(one => one.SinceUtc))
        {
            Keep(one);
        }
    }

    /// <returns>Until the next may be sent again; null when none waits.</returns>
    public TimeSpan? Run()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<LiveChange> changes = [];
        while (_waiting.TryPeek(out var next))
        {
            var left = next.SinceUtc + After - now;
            if (left > TimeSpan.Zero)
            {
                live.Publish([.. changes]);
                return left;
            }

            _waiting.TryDequeue(out _);
            changes.Add(new MessageChanged(next.NumberId, next.ConversationId, next.MessageId));
        }

        live.Publish([.. changes]);
        return null;
    }

    private void Keep(Waiting waiting)
    {
        _waiting.Enqueue(waiting);
        while (_waiting.Count > Kept)
        {
            _waiting.TryDequeue(out _);
        }

        Noted?.Invoke();
    }

    private sealed record Waiting(long NumberId, long ConversationId, long MessageId, DateTime SinceUtc);
}
