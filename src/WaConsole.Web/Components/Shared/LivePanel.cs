using Microsoft.AspNetCore.Components;

namespace WaConsole.Web.Components.Shared;

/// <summary>
/// A part of the screen that listens, re-reads and lets go. Subscribe first, then read, so that nothing falls between;
/// errors of a refresh go to the panel's error boundary, never to the publisher.
/// </summary>
public abstract class LivePanel : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<IDisposable> _subscriptions = [];

    protected LivePanel()
    {
        Gone = _gone.Token;
    }

    /// <summary>Cancelled when the panel leaves the screen.</summary>
    protected CancellationToken Gone { get; }

    protected void Hear(IDisposable subscription) => _subscriptions.Add(subscription);

    /// <summary>Runs on the circuit and draws. Callable from any thread; does nothing once the panel has gone.</summary>
    protected Task RefreshAsync(Func<Task> read) => RefreshAsync(async () =>
    {
        await read();
        return true;
    });

    /// <summary>The same for a read that tells whether there is anything to draw.</summary>
    protected Task RefreshAsync(Func<Task<bool>> read) => InvokeAsync(async () =>
    {
        if (Gone.IsCancellationRequested)
        {
            return;
        }

        try
        {
            if (await read())
            {
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The panel went while it was reading.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    });

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        await _gone.CancelAsync();
        await LeaveBrowserAsync();
        _gone.Dispose();
    }

    /// <summary>Release JavaScript here.</summary>
    protected virtual ValueTask LeaveBrowserAsync() => ValueTask.CompletedTask;
}
