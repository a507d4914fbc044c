namespace WaConsole.Simulator.Webhooks;

/// <summary>How many webhooks wait, and what became of the others.</summary>
internal sealed class WebhookCounts
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _idle = Completed();
    private long _pending;
    private long _delivered;
    private long _refused;
    private long _lost;
    private long _bodies;

    public long Pending => Interlocked.Read(ref _pending);

    public long Delivered => Interlocked.Read(ref _delivered);

    public long Refused => Interlocked.Read(ref _refused);

    public long Lost => Interlocked.Read(ref _lost);

    public long Bodies => Interlocked.Read(ref _bodies);

    public Task WhenNonePendingAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    public void Pend(int by)
    {
        lock (_gate)
        {
            if (Interlocked.Add(ref _pending, by) == 0)
            {
                _idle.TrySetResult();
            }
            else if (_idle.Task.IsCompleted)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>One body was answered with 200.</summary>
    public void Taken(int items)
    {
        Interlocked.Increment(ref _bodies);
        Interlocked.Add(ref _delivered, items);
        Pend(-items);
    }

    /// <summary>An attempt was not answered with 200.</summary>
    public void NotTaken() => Interlocked.Increment(ref _refused);

    public void GivenUp(int items)
    {
        Interlocked.Add(ref _lost, items);
        Pend(-items);
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}
