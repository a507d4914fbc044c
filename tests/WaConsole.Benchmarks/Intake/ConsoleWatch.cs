using System.Diagnostics;
using System.Globalization;

namespace WaConsole.Benchmarks.Intake;

/// <summary>Looks at the console twice a second while it works: its memory, its counters and the age of what waits.</summary>
internal sealed class ConsoleWatch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly BenchConsole _console;
    private readonly Task _watching;
    private readonly List<long> _memory = [];
    private readonly double _databaseCpuBefore = PostgresCpu();
    private double _databaseCpu;

    public ConsoleWatch(BenchConsole console)
    {
        _console = console;
        _watching = Task.Run(WatchAsync);
    }

    public int Looks { get; private set; }

    public int WrongSums { get; private set; }

    public double OldestPendingSeconds { get; private set; }

    /// <summary>Bytes of physical memory.</summary>
    public long Early => _memory.Count == 0 ? 0 : _memory[_memory.Count / 3];

    public long Late => _memory.Count == 0 ? 0 : _memory[^1];

    public long Peak => _memory.Count == 0 ? 0 : _memory.Max();

    public string DatabaseCpu(double seconds) => _databaseCpu < 0.5
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", PostgreSQL {_databaseCpu / seconds:0.00} cores");

    public async Task StopAsync()
    {
        _databaseCpu = PostgresCpu() - _databaseCpuBefore;
        await _stop.CancelAsync();
        await _watching;
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (!_stop.IsCancellationRequested)
        {
            var intake = await _console.IntakeAsync();
            Looks++;
            WrongSums += intake.AddUp ? 0 : 1;
            OldestPendingSeconds = Math.Max(OldestPendingSeconds, intake.OldestPendingSeconds ?? 0);
            _memory.Add(_console.Memory);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Of all PostgreSQL processes on this machine, where they can be seen.</summary>
    private static double PostgresCpu()
    {
        var sum = 0.0;
        foreach (var process in Process.GetProcessesByName("postgres"))
        {
            using (process)
            {
                try
                {
                    sum += process.TotalProcessorTime.TotalSeconds;
                }
                catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
                {
                    // It ended meanwhile.
                }
            }
        }

        return sum;
    }
}
