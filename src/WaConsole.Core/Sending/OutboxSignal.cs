namespace WaConsole.Core.Sending;

/// <summary>
/// Wakes the sender of this process after a commit that made or changed outbox rows. A lost wake only delays until the next look.
/// An agent's reply is urgent; everything else is looked at together with what comes within a moment.
/// </summary>
internal sealed class OutboxSignal(TimeProvider clock)
{
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(15);

    private readonly Lock _gate = new();
    private TaskCompletionSource _raised = New();
    private TaskCompletionSource _urgent = New();
    private long _lookedAt = clock.GetTimestamp();

    public void Raise(bool urgent = false)
    {
        lock (_gate)
        {
            _raised.TrySetResult();
            if (urgent)
            {
                _urgent.TrySetResult();
            }
        }
    }

    /// <summary>Returns when it was raised, or after this time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await WithinAsync(Raised(), atMost, cancellationToken);
        await WithinAsync(Urgent(), Gathering - clock.GetElapsedTime(_lookedAt), cancellationToken);
        lock (_gate)
        {
            _raised = _raised.Task.IsCompleted ? New() : _raised;
            _urgent = _urgent.Task.IsCompleted ? New() : _urgent;
            _lookedAt = clock.GetTimestamp();
        }
    }

    private Task Raised()
    {
        lock (_gate)
        {
            return _raised.Task;
        }
    }

    private Task Urgent()
    {
        lock (_gate)
        {
            return _urgent.Task;
        }
    }

    private async Task WithinAsync(Task raised, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (raised.IsCompleted || atMost <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await raised.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (Exception end) when (end is TimeoutException or OperationCanceledException)
        {
            // Time to look even though nobody asked, or the program stops: the caller looks at its token.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
