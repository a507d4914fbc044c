using Microsoft.Extensions.Options;

namespace WaConsole.Core.Storage;

/// <summary>
/// SQLite has one writer, and writers that meet there sleep and retry in no order. Whoever writes often or long enters here first and
/// is served in order of arrival, with a head start for what somebody waits for: an agent who pressed Send and the pace of a number
/// do not wait behind batches that are in no hurry. A start is counted in turns, so nobody waits for ever. Free on PostgreSQL.
/// </summary>
internal sealed class WriterLane(IOptions<DatabaseOptions> options)
{
    /// <summary>Who comes so many turns later and is in a hurry still goes first.</summary>
    internal const int Ordinary = 2;

    internal const int Batch = 5;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (long Turn, long Arrival)> _waiting = new();
    private bool _taken;
    private long _turns;
    private long _arrivals;

    public ValueTask<Place> EnterAsync(CancellationToken cancellationToken) => EnterAsync(Ordinary, cancellationToken);

    /// <summary>For short work on which a person or a number's pace waits.</summary>
    public ValueTask<Place> EnterFirstAsync(CancellationToken cancellationToken) => EnterAsync(0, cancellationToken);

    /// <summary>For work that nobody waits for and that holds the place long.</summary>
    public ValueTask<Place> EnterForBatchAsync(CancellationToken cancellationToken) => EnterAsync(Batch, cancellationToken);

    private async ValueTask<Place> EnterAsync(int behind, CancellationToken cancellationToken)
    {
        if (options.Value.Provider != DatabaseProvider.Sqlite)
        {
            return default;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return new Place(this);
            }

            _waiting.Enqueue(place, (_turns + behind, _arrivals++));
        }

        await using var giveUp = cancellationToken.UnsafeRegister(
            (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), place).ConfigureAwait(false);
        await place.Task;
        return new Place(this);
    }

    private void Leave()
    {
        lock (_gate)
        {
            _turns++;
            while (_waiting.TryDequeue(out var next, out _))
            {
                // False when it has given up.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _taken = false;
        }
    }

    public readonly struct Place(WriterLane? lane) : IDisposable
    {
        public void Dispose() => lane?.Leave();
    }
}
