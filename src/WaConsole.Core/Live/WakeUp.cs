namespace WaConsole.Core.Live;

/// <summary>Wakes one waiting worker of this process. Rings while it works are kept as one.</summary>
internal abstract class WakeUp(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing.
        }
    }

    /// <summary>Returns when rung, or after this time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _bell.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look even though nobody rang.
        }
    }

    public void Dispose() => _bell.Dispose();
}
