using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Health;

/// <summary>Looks every few seconds how old the queues are: for the measures, and for the banner that tells people what comes late.</summary>
internal sealed partial class WatchQueues(
    Store store, StoreCondition condition, QueueAges ages, LiveUpdates live, TimeProvider clock, ILogger<WatchQueues> log)
    : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private StoreTrouble _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
                condition.Read();
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                condition.Unread(fault);
                LogBlind(fault.StoreWords);
            }

            TellOfStore();
        }
        while (await timer.NextAsync(stoppingToken));
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var before = ages.Current;
        var now = await ReadAsync(cancellationToken);
        ages.Current = now;
        IntakeMeter.Age.Record(now.Intake.TotalSeconds);
        SendMeter.ReplyAge.Record(now.Replies.TotalSeconds);
        SendMeter.OutboxAge.Record(now.Outbox.TotalSeconds);
        if (now.IsLate || before.IsLate)
        {
            // Every node looks for itself: this one tells its own screens only.
            live.Deliver(new QueuesChanged());
        }
    }

    private void TellOfStore()
    {
        if (condition.Current is var trouble && trouble != _told)
        {
            _told = trouble;
            live.Deliver(new QueuesChanged());
        }
    }

    private async Task<QueueAge> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var received = await db.Deliveries.Where(d => d.State == DeliveryState.Pending)
            .OrderBy(d => d.Id)
            .Select(d => (DateTime?)d.ReceivedAtUtc)
            .FirstOrDefaultAsync(cancellationToken);

        // The first of each lane by the index that serves the senders, because the table may hold a broadcast of a million. What may not
        // be sent is not late: its number has a banner of its own.
        var due = await db.Numbers
            .Where(n => n.SendingStoppedAtUtc == null && n.BusinessAccount.SendingStoppedAtUtc == null)
            .Select(n => new
            {
                Replies = db.Outbox
                    .Where(e => e.NumberId == n.Id && e.State == OutboxState.Waiting && e.Lane == OutboxLane.Agent)
                    .Min(e => (DateTime?)e.NextAttemptAtUtc),
                Automation = db.Outbox
                    .Where(e => e.NumberId == n.Id && e.State == OutboxState.Waiting && e.Lane == OutboxLane.Automation)
                    .Min(e => (DateTime?)e.NextAttemptAtUtc),
                Broadcasts = db.Outbox
                    .Where(e => e.NumberId == n.Id && e.State == OutboxState.Waiting && e.Lane == OutboxLane.Broadcast)
                    .Min(e => (DateTime?)e.NextAttemptAtUtc),
            })
            .ToListAsync(cancellationToken);

        var replies = Age(due.Min(d => d.Replies));
        return new QueueAge(Age(received), replies, Max(replies, Age(due.Min(d => d.Automation)), Age(due.Min(d => d.Broadcasts))));

        TimeSpan Age(DateTime? since) => since < now ? now - since.Value : TimeSpan.Zero;
    }

    private static TimeSpan Max(params ReadOnlySpan<TimeSpan> ages)
    {
        var oldest = TimeSpan.Zero;
        foreach (var age in ages)
        {
            oldest = age > oldest ? age : oldest;
        }

        return oldest;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The age of the queues could not be read ({Reason})")]
    private partial void LogBlind(string reason);
}
