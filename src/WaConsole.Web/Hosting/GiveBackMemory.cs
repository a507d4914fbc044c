namespace WaConsole.Web.Hosting;

/// <summary>
/// What a start or a rush leaves behind is given back once little happens. A console that idles fills the youngest generation, sized by the
/// processor's cache, once in minutes: 15 MB more than it needs. A look costs 20 to 50 ms (figures in docs/performance.md).
/// </summary>
internal sealed partial class GiveBackMemory(TimeProvider clock, ILogger<GiveBackMemory> log) : BackgroundService
{
    /// <summary>What is allocated between two looks at most, to count as idle: 5 MB without people or webhooks, a busy second more than this.</summary>
    private const long IdleAllocates = 16 << 20;

    /// <summary>Everything waits while a heap is compacted, longer when many screens are open: no more than a 200th of the time.</summary>
    private const int ShareOfTime = 200;

    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, clock, stoppingToken);
        while (true)
        {
            var wait = GiveBack();
            long before;
            do
            {
                before = GC.GetTotalAllocatedBytes();
                await Task.Delay(wait, clock, stoppingToken);
            }
            while (GC.GetTotalAllocatedBytes() - before >= IdleAllocates);
        }
    }

    /// <returns>How long until the next look.</returns>
    private TimeSpan GiveBack()
    {
        var from = clock.GetTimestamp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.GiveBack();
        var took = clock.GetElapsedTime(from);
        LogGaveBack(log, took.TotalMilliseconds);
        return TimeSpan.FromTicks(Math.Max(Between.Ticks, took.Ticks * ShareOfTime));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Gave memory back in {Milliseconds:0} ms")]
    private static partial void LogGaveBack(ILogger log, double milliseconds);
}
