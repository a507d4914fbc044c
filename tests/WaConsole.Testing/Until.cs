namespace WaConsole.Testing;

/// <summary>Waits for a state, never for a time: looks again until it holds, and fails with what was being waited for.</summary>
public static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> holds, string what)
    {
        using var timer = new PeriodicTimer(Look);
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            while (!await holds())
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {Deadline.TotalSeconds:0} s in vain for: {what}", late);
        }
    }

    public static Task TrueAsync(Func<bool> holds, string what) => TrueAsync(() => Task.FromResult(holds()), what);

    public static async Task<T> FoundAsync<T>(Func<Task<T?>> find, string what)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, what);
        return found!;
    }
}
