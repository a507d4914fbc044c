namespace WaConsole.Core.Live;

/// <summary>
/// One read for all who ask at the same time: one running and one waiting, however many screens ask. Whoever asks while a read runs gets
/// the answer of the next, so an answer never holds less than was committed when it was asked for.
/// </summary>
internal sealed class SharedRead<TKey, TAnswer>(Func<IReadOnlyCollection<TKey>, Task<TAnswer>> read, TimeSpan quiet, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Batch? _waiting;
    private bool _running;

    /// <summary>The answer holds these keys, and those of others.</summary>
    public Task<TAnswer> AskAsync(IEnumerable<TKey> keys)
    {
        Batch batch;
        lock (_gate)
        {
            batch = _waiting ??= new Batch();
            batch.Keys.UnionWith(keys);
            if (_running)
            {
                return batch.Answer.Task;
            }

            _running = true;
        }

        _ = Task.Run(RunAsync);
        return batch.Answer.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            var started = clock.GetTimestamp();
            try
            {
                batch.Answer.TrySetResult(await read(batch.Keys));
            }
            catch (Exception fault)
            {
                batch.Answer.TrySetException(fault);
            }

            if (quiet - clock.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, clock);
            }
        }
    }

    private Batch? Take()
    {
        lock (_gate)
        {
            var batch = _waiting;
            _waiting = null;
            _running = batch is not null;
            return batch;
        }
    }

    private sealed class Batch
    {
        public HashSet<TKey> Keys { get; } = [];

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
