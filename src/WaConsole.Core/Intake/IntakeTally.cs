using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>What one transaction of intake did: written into the counters inside it, told to screens and workers after its commit.</summary>
internal sealed class IntakeTally(DateTime nowUtc)
{
    private const string Count =
        """
        INSERT INTO "IntakeCounters" ("BusinessAccountId", "Received", "Stored", "Duplicates") VALUES (@p0, @p1, @p2, @p3)
        ON CONFLICT ("BusinessAccountId") DO UPDATE SET
            "Received" = "IntakeCounters"."Received" + excluded."Received",
            "Stored" = "IntakeCounters"."Stored" + excluded."Stored",
            "Duplicates" = "IntakeCounters"."Duplicates" + excluded."Duplicates"
        """;

    private const string SawWebhook = """UPDATE "Numbers" SET "LastWebhookAtUtc" = @p1 WHERE "Id" = @p0""";

    private const string SawMessages =
        """
        UPDATE "Numbers" SET
            "LastWebhookAtUtc" = @p1, "ReceivedMessages" = "ReceivedMessages" + @p2, "LastMessageStoredAtUtc" = @p3
        WHERE "Id" = @p0
        """;

    private readonly Dictionary<long, Counts> _counts = [];
    private readonly Dictionary<long, Seen> _numbers = [];

    public DateTime NowUtc { get; } = nowUtc.AddTicks(-(nowUtc.Ticks % TimeSpan.TicksPerMicrosecond));

    public ChangeSet Changes { get; } = new();

    public Arrivals Arrivals { get; } = new();

    public bool MediaWaits { get; set; }

    /// <summary>
    /// False after a failure: what waits for a message is then left to the next tidying, so that it cannot take the message with it.
    /// </summary>
    public bool JoinsParked { get; init; } = true;

    /// <summary>A business number was seen for the first time.</summary>
    public bool NumberAppeared { get; set; }

    public void Received(long accountId, int items) => Of(accountId).Received += items;

    public void Stored(long accountId, int items = 1) => Of(accountId).Stored += items;

    public void Duplicate(long accountId) => Of(accountId).Duplicates++;

    public void Saw(long numberId, DateTime receivedAtUtc, bool messageStored)
    {
        var before = _numbers.GetValueOrDefault(numberId);
        _numbers[numberId] = new Seen(
            before.WebhookAtUtc > receivedAtUtc ? before.WebhookAtUtc : receivedAtUtc,
            messageStored ? NowUtc : before.StoredAtUtc,
            before.Messages + (messageStored ? 1 : 0));
    }

    public async Task SaveAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        using var commands = new KeptCommands(db);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await SaveAsync(commands, cancellationToken);
        await db.Database.CloseConnectionAsync();
    }

    public async Task SaveAsync(KeptCommands commands, CancellationToken cancellationToken)
    {
        await Arrivals.SaveAsync(commands.Db, NowUtc, Changes, cancellationToken);
        // In the order of ids: on PostgreSQL others change the same rows at the same moment, and wait for each other in one order.
        foreach (var (accountId, counts) in _counts.OrderBy(count => count.Key))
        {
            await commands.RunAsync(Count, [accountId, counts.Received, counts.Stored, counts.Duplicates], cancellationToken);
        }

        foreach (var (numberId, seen) in _numbers.OrderBy(number => number.Key))
        {
            await (seen.StoredAtUtc is { } stored
                ? commands.RunAsync(SawMessages, [numberId, seen.WebhookAtUtc, seen.Messages, stored], cancellationToken)
                : commands.RunAsync(SawWebhook, [numberId, seen.WebhookAtUtc], cancellationToken));
        }
    }

    public void Announce(LiveUpdates live, AccountDirectory directory, Media.MediaWaiting media)
    {
        if (NumberAppeared)
        {
            directory.Forget();
        }

        if (MediaWaits)
        {
            media.Ring();
        }

        Changes.Add(new IntakeChanged());
        Changes.PublishTo(live);
    }

    private Counts Of(long accountId)
    {
        if (!_counts.TryGetValue(accountId, out var counts))
        {
            _counts[accountId] = counts = new Counts();
        }

        return counts;
    }

    private sealed class Counts
    {
        public long Received { get; set; }

        public long Stored { get; set; }

        public long Duplicates { get; set; }
    }

    private readonly record struct Seen(DateTime WebhookAtUtc, DateTime? StoredAtUtc, int Messages);
}
