namespace WaConsole.Core.Live;

/// <summary>
/// Waits for a tick and goes on beside the clock, not within its call: what ticked meanwhile is one tick. A clock that is moved by a day
/// otherwise runs a day of work, tick by tick, before it returns (measured: 20 seconds for one worker on SQLite).
/// </summary>
internal static class NextTick
{
    /// <returns>False when the timer was disposed.</returns>
    public static async Task<bool> NextAsync(this PeriodicTimer timer, CancellationToken cancellationToken)
    {
        var more = await timer.WaitForNextTickAsync(cancellationToken);
        await Task.Yield();
        return more;
    }
}
