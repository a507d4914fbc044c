using System.Diagnostics;

namespace WaConsole.Benchmarks;

/// <summary>The highest memory use of this process, looked at five times a second.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer _timer;
    private readonly Process _self = Process.GetCurrentProcess();

    public MemoryWatch()
    {
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }

    /// <summary>Bytes.</summary>
    public long PeakHeap { get; private set; }

    /// <summary>Bytes of physical memory.</summary>
    public long PeakProcess { get; private set; }

    public void Dispose()
    {
        _timer.Dispose();
        _self.Dispose();
    }

    private void Look()
    {
        _self.Refresh();
        PeakHeap = Math.Max(PeakHeap, GC.GetTotalMemory(forceFullCollection: false));
        PeakProcess = Math.Max(PeakProcess, _self.WorkingSet64);
    }
}
