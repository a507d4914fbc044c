using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Sending;

/// <summary>
/// Takes due rows and sends them, several at a time per number and one at a time per conversation. Woken after a commit, when a send
/// ends, when numbers change and when the next row is due; otherwise it looks every few seconds for what other processes queued.
/// </summary>
internal sealed partial class SendWorker(
    OutboxQueue queue, SendOne send, SendPace pace, OutboxSignal signal, LiveUpdates live, TimeProvider clock, ILogger<SendWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly Guid _id = Guid.CreateVersion7();
    private readonly ConcurrentDictionary<long, int> _perNumber = new();
    private readonly ConcurrentDictionary<long, Task> _sending = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What holds up the start holds up the whole program.
        await Task.Yield();
        using var numbers = live.Subscribe<NumbersChanged>(_ => true, WakeAsync, TimeSpan.Zero);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await PassAsync(stoppingToken);
            await WaitAsync(wait, stoppingToken);
        }

        await Task.WhenAll(_sending.Values);
    }

    private async Task<TimeSpan> PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queue.SweepAsync(stoppingToken);
            var wait = Look;
            foreach (var number in await queue.DueNumbersAsync(stoppingToken))
            {
                var next = pace.HeldFor(number.NumberId) is { Ticks: > 0 } held ? held : await TakeAsync(number, stoppingToken);
                wait = next < wait ? next : wait;
            }

            if (await queue.NextDueAsync(stoppingToken) is { } due)
            {
                var until = due - clock.GetUtcNow().UtcDateTime;
                wait = until < wait ? until : wait;
            }

            return wait;
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

    /// <returns>When to look at this number again, when nothing else happens before.</returns>
    private async Task<TimeSpan> TakeAsync(DueNumber number, CancellationToken stoppingToken)
    {
        var free = Senders(number.Throughput) - _perNumber.GetValueOrDefault(number.NumberId);
        var taken = free > 0 ? await queue.TakeAsync(number.NumberId, free, _id, stoppingToken) : [];
        var wait = Look;
        foreach (var entry in taken)
        {
            var (numberWait, pairWait) = pace.Take(number.NumberId, number.Throughput, entry.ConversationId);
            if (numberWait > TimeSpan.Zero)
            {
                await queue.ReleaseAsync(entry.Id, _id, TimeSpan.Zero, stoppingToken);
                wait = numberWait < wait ? numberWait : wait;
            }
            else if (pairWait > TimeSpan.Zero)
            {
                await queue.ReleaseAsync(entry.Id, _id, pairWait, stoppingToken);
            }
            else
            {
                Start(entry, stoppingToken);
            }
        }

        return wait;
    }

    /// <summary>Senders at once: at a second per answer they still reach the number's rate when WhatsApp answers in its usual 200 ms.</summary>
    private static int Senders(ThroughputLevel level) => level switch
    {
        ThroughputLevel.High => 128,
        ThroughputLevel.Coexistence => 8,
        _ => 24,
    };

    private void Start(OutboxEntry entry, CancellationToken stoppingToken)
    {
        _perNumber.AddOrUpdate(entry.NumberId, 1, (_, count) => count + 1);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sending[entry.Id] = gone.Task;
        _ = Task.Run(() => RunAsync(entry, gone, stoppingToken), CancellationToken.None);
    }

    private async Task RunAsync(OutboxEntry entry, TaskCompletionSource gone, CancellationToken stoppingToken)
    {
        try
        {
            await send.RunAsync(entry, _id, stoppingToken);
        }
        catch (Exception fault)
        {
            // The row keeps its lease: not begun it is taken again when that runs out, begun it becomes unknown.
            LogSendFault(fault, entry.MessageId);
        }
        finally
        {
            _perNumber.AddOrUpdate(entry.NumberId, 0, (_, count) => count - 1);
            _sending.TryRemove(entry.Id, out _);
            gone.SetResult();
            signal.Raise();
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var timer = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), clock, either.Token);
        var woken = signal.WaitAsync(either.Token);
        await Task.WhenAny(timer, woken);
        await either.CancelAsync();
    }

    private Task WakeAsync()
    {
        signal.Raise();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending message {Message} ended in a fault")]
    private partial void LogSendFault(Exception fault, long message);
}
