using System.Diagnostics;
using System.Globalization;

namespace WaConsole.Benchmarks.Intake;

/// <summary>A process of its own, with what it costs. Ended when disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Physical memory in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>This program with other words.</summary>
    public static ChildProcess StartSelf(params string[] words) => Start(typeof(ChildProcess).Assembly.Location, words, new Dictionary<string, string?>());

    public static ChildProcess Start(string program, IEnumerable<string> words, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. words])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    public async Task<int> ReadPortAsync() => int.Parse((await Output.ReadLineAsync())!, CultureInfo.InvariantCulture);

    /// <summary>The rest of what it says, so that it never waits for a reader.</summary>
    public void Drain() => _process.BeginOutputReadLine();

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
