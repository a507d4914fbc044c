using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Writes what became of sends, all that wait in one transaction: while one commit reaches the disk the next results gather behind it.
/// Who hands in a result hears when it is on disk.
/// </summary>
internal sealed partial class RecordSendResults(
    WriteSendResults write, StoreCondition condition, LiveUpdates live, ReadReceipts receipts, OutboxSignal outbox, OfferAgain again,
    TimeProvider clock, ILogger<RecordSendResults> log)
    : IDisposable
{
    private const int MaxTogether = 250;

    /// <summary>A database that is away is asked again so often: what WhatsApp answered is known here alone.</summary>
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(1);

    /// <summary>Under load a commit waits this long for company: twenty-five a second are few for a disk and none a person notices.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(40);

    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _hurry = new();
    private int _running;

    /// <summary>The program stops: what comes is written as it comes.</summary>
    public void Hurry() => _hurry.Cancel();

    public void Dispose() => _hurry.Dispose();

    /// <summary>Bounded by the callers: each message has one result, and few messages are on their way at a time.</summary>
    public Task RunAsync(SendResult result)
    {
        var waiting = new Waiting(result);
        _waiting.Writer.TryWrite(waiting);
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            _ = Task.Run(DrainAsync);
        }

        return waiting.Done.Task;
    }

    private async Task DrainAsync()
    {
        do
        {
            while (Take() is { Count: > 0 } batch)
            {
                var begun = clock.GetTimestamp();
                await WriteAsync(batch);
                var rest = Gathering - clock.GetElapsedTime(begun);
                if (batch.Count > 1 && rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, clock, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            Volatile.Write(ref _running, 0);
        }
        while (_waiting.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }

    private List<Waiting> Take()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MaxTogether && _waiting.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }

        return batch;
    }

    /// <summary>
    /// One result that cannot be written must not keep the others from being written. While the database is away all are kept: given up they
    /// would be unknown for good, though it is known that they were refused or never left. Bounded by the messages on their way.
    /// </summary>
    private async Task WriteAsync(List<Waiting> batch)
    {
        while (true)
        {
            try
            {
                await Insist.OnAsync(() => TogetherAsync(batch), clock);
                condition.Worked();
            }
            catch (Exception fault) when (fault.IsStoreDown && !_hurry.IsCancellationRequested)
            {
                condition.Refused(fault);
                LogAway(batch.Count, fault.StoreWords);
                await Task.Delay(WhileAway, clock, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            catch (Exception fault) when (fault.IsStoreDown || batch.Count == 1)
            {
                batch.ForEach(waiting => waiting.Done.TrySetException(fault));
            }
            catch (Exception fault)
            {
                LogApart(fault, batch.Count);
                foreach (var waiting in batch.Where(waiting => !waiting.Done.Task.IsCompleted))
                {
                    await WriteAsync([waiting]);
                }
            }

            return;
        }
    }

    private async Task TogetherAsync(List<Waiting> batch)
    {
        var written = await write.RunAsync([.. batch.Select(waiting => waiting.Result)]);
        written.Changes.PublishTo(live);
        foreach (var outcome in batch.GroupBy(waiting => OutcomeOf(waiting.Result), StringComparer.Ordinal))
        {
            SendMeter.Answered(outcome.Key, outcome.Count());
        }

        foreach (var conversation in written.Answered)
        {
            receipts.QueueAfterReply(conversation);
        }

        foreach (var unknown in batch.Where(waiting => waiting.Result is SendResult.Unknown))
        {
            again.Note(unknown.Result.Row);
        }

        foreach (var waiting in batch)
        {
            waiting.Done.TrySetResult();
        }

        // The next message of these conversations may go now.
        outbox.Raise();
    }

    private static string OutcomeOf(SendResult result) => result switch
    {
        SendResult.Accepted => "accepted",
        SendResult.Again => "again",
        SendResult.Unknown => "unknown",
        _ => "refused",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} results of sends could not be stored: {Reason}; they are kept until they can")]
    private partial void LogAway(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} results of sends could not be written together; each is tried alone")]
    private partial void LogApart(Exception fault, int count);

    private sealed record Waiting(SendResult Result)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
