using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Keeps each number's sender supplied with due rows. Woken after a commit, when a send ends, when numbers change, by other nodes'
/// queueing and when the next row is due; otherwise it looks every few seconds. When the program stops it takes nothing more, gives back
/// what has not left and waits for the answers of what has.
/// </summary>
internal sealed partial class SendWorker(
    OutboxQueue queue, BeginSending begin, SendReady send, PrepareFile prepare, RecordSendResults record, SweepOutbox sweep, PaceLease lease,
    NodeLife life, RecoverEarlierLives recover, SendPace pace, OutboxSignal signal, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock,
    IHostApplicationLifetime program, ILogger<SendWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookWhileHolding = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan GiveBackAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, NumberSender> _senders = [];
    private long? _sweptAt;

    /// <summary>A row begun once more while its first marks are in doubt could be given back in the middle of leaving, and leave twice.</summary>
    private Task _settling = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What holds up the start holds up the whole program.
        await Task.Yield();

        // Services are stopped one after the other, the web server first, and one request that hangs may take up all the time there is for that.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, program.ApplicationStopping);
        await SupplyAllAsync(stopping.Token);
        await DrainAsync();
    }

    private async Task SupplyAllAsync(CancellationToken stoppingToken)
    {
        life.Begin();
        using var numbers = live.Subscribe<NumbersChanged>(_ => true, WakeAsync, TimeSpan.Zero);
        using var elsewhere = live.Subscribe<OutboxChanged>(change => !change.Urgent, WakeAsync, TimeSpan.Zero);
        using var urgent = live.Subscribe<OutboxChanged>(change => change.Urgent, WakeNowAsync, TimeSpan.Zero);
        using var heartbeat = heartbeats.Start(Worker.Sending, SilentAtMost);
        while (!stoppingToken.IsCancellationRequested)
        {
            heartbeat.Beat();
            var wait = await PassAsync(stoppingToken);
            await signal.WaitAsync(wait, stoppingToken);
        }
    }

    private async Task<TimeSpan> PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await recover.RunAsync(stoppingToken);
            var wait = await SweepAsync(stoppingToken);
            foreach (var number in await queue.DueNumbersAsync(stoppingToken))
            {
                wait = Shorter(wait, await SupplyAloneAsync(number, stoppingToken));
            }

            wait = Shorter(wait, await GiveBackAsync(stoppingToken));
            return await queue.NextDueAsync(stoppingToken) is { } due ? Shorter(wait, due - clock.GetUtcNow().UtcDateTime) : wait;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception fault)
        {
            // The database is away or busy: the rows are still there, so look again instead of ending the program.
            LogFault(fault);
            return AfterFault;
        }
    }

    private async Task<TimeSpan> SweepAsync(CancellationToken stoppingToken)
    {
        if (_sweptAt is { } before && clock.GetElapsedTime(before) < SweepEvery)
        {
            return Look;
        }

        _sweptAt = clock.GetTimestamp();
        return await sweep.RunAsync(stoppingToken) ? SweepEvery : Look;
    }

    /// <summary>What goes wrong with one number must not keep the others from sending. A database that is away is nobody's own.</summary>
    private async Task<TimeSpan> SupplyAloneAsync(DueNumber number, CancellationToken stoppingToken)
    {
        try
        {
            return await SupplyAsync(number, stoppingToken);
        }
        catch (Exception fault) when (!fault.IsStoreDown && !stoppingToken.IsCancellationRequested)
        {
            LogNumber(fault, number.NumberId);
            return AfterFault;
        }
    }

    /// <returns>When to look at this number again, when nothing else happens before.</returns>
    private async Task<TimeSpan> SupplyAsync(DueNumber number, CancellationToken stoppingToken)
    {
        if (pace.HeldFor(number.NumberId) is { Ticks: > 0 } held)
        {
            await lease.TellHeldAsync(number.NumberId, held, stoppingToken);
            return held;
        }

        if (await lease.TakeAsync(number, stoppingToken) is { Ticks: > 0 } others)
        {
            return others;
        }

        if (pace.HeldFor(number.NumberId) is { Ticks: > 0 } heldBefore)
        {
            return heldBefore;
        }

        if (!_settling.IsCompleted)
        {
            return AfterFault;
        }

        var sender = SenderOf(number);
        var (places, agents) = (sender.Places, sender.AgentPlaces);
        if (places == 0 && agents == 0)
        {
            return Look;
        }

        var batch = await begin.RunAsync(number.NumberId, places, agents, life.Id, stoppingToken);
        sender.Put(batch.Ready);
        foreach (var (row, mediaFileId) in batch.ToUpload)
        {
            sender.Track(prepare.RunAsync(row, mediaFileId, life.Id, stoppingToken));
        }

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var (row, why) in batch.Refused)
        {
            sender.Track(RefuseAsync(row, why, now));
        }

        foreach (var row in batch.Unasked)
        {
            sender.Track(RecordAsync(new SendResult.Again(row, life.Id, AfterFault) { Unused = true }));
        }

        if (batch.InDoubt.Count > 0)
        {
            _settling = Task.WhenAll(batch.InDoubt.Select(RecordAsync));
            sender.Track(_settling);
            return AfterFault;
        }

        return Look;
    }

    private NumberSender SenderOf(DueNumber number)
    {
        if (!_senders.TryGetValue(number.NumberId, out var sender))
        {
            sender = new NumberSender(number.NumberId, lease, pace, send, record, signal, clock, life.Id, log);
            _senders.Add(number.NumberId, sender);
        }

        sender.Throughput = number.Throughput;
        sender.CountReceived(number.Received);
        return sender;
    }

    /// <summary>A stopped number keeps its messages, and what time alone stands against waits; anything else goes back to the person with its sentence.</summary>
    private Task RefuseAsync(OutboxRow row, Refusal why, DateTime now) => RecordAsync((why.Code, why.UntilUtc) switch
    {
        ("number_stopped", _) => new SendResult.Again(row, life.Id, TimeSpan.Zero) { Unused = true },
        (_, { } until) => new SendResult.Again(row, life.Id, until - now) { Unused = true },
        _ => new SendResult.NotSent(row, life.Id, why.ToKeep) { Unused = true },
    });

    private async Task RecordAsync(SendResult result)
    {
        try
        {
            await record.RunAsync(result);
        }
        catch (Exception fault)
        {
            LogFault(fault);
        }
    }

    /// <summary>Numbers without work go back, so that another node takes them without waiting.</summary>
    private async Task<TimeSpan> GiveBackAsync(CancellationToken cancellationToken)
    {
        foreach (var (numberId, sender) in _senders.ToList())
        {
            if (sender.IdleFor > GiveBackAfter)
            {
                _senders.Remove(numberId);
                sender.Dispose();
                await lease.GiveBackAsync(numberId, cancellationToken);
            }
        }

        return lease.HoldsAny ? LookWhileHolding : Look;
    }

    private async Task DrainAsync()
    {
        record.Hurry();
        var all = true;
        foreach (var (numberId, sender) in _senders)
        {
            try
            {
                await sender.CloseAsync();
                sender.Dispose();
                await lease.GiveBackAsync(numberId, CancellationToken.None);
            }
            catch (Exception fault)
            {
                // The database is away: the next start looks after them.
                all = false;
                LogFault(fault);
            }
        }

        if (all && life.Earlier.Count == 0)
        {
            life.End();
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private Task WakeAsync()
    {
        signal.Raise();
        return Task.CompletedTask;
    }

    private Task WakeNowAsync()
    {
        signal.Raise(urgent: true);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be worked on")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of number {Number} could not be worked on; the others are")]
    private partial void LogNumber(Exception fault, long number);
}
