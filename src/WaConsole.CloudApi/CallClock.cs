namespace WaConsole.CloudApi;

/// <summary>One call's time limit beside its caller's token, so that the two can be told apart afterwards.</summary>
internal sealed class CallClock : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public CallClock(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        _timer = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _timer.Token);
    }

    /// <summary>Without the time limit.</summary>
    public CancellationToken Caller => _caller;

    public CancellationToken Token => _either.Token;

    public bool CallerAsked => _caller.IsCancellationRequested;

    public void ExtendTo(TimeSpan limit) => _timer.CancelAfter(limit);

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
