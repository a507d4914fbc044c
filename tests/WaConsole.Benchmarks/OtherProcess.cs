using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing;

namespace WaConsole.Benchmarks;

/// <summary>The simulator in a process of its own, so that what it costs is not counted as ours. It ends with us.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="words">As <see cref="RunAsync"/> reads them.</param>
    public static async Task<OtherProcess> StartAsync(params IEnumerable<string> words)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        start.ArgumentList.Add("simulator");
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The simulator did not start.");
        return new OtherProcess(process, new Uri(address));
    }

    /// <summary>From now on webhooks go there.</summary>
    public async Task SendWebhooksToAsync(Uri address)
    {
        await _process.StandardInput.WriteLineAsync(address.ToString());
        await _process.StandardInput.FlushAsync();
        await _process.StandardOutput.ReadLineAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What runs in the other process: throughput per second (0 for no limit), statuses or none, milliseconds until an answer.</summary>
    public static async Task<int> RunAsync(string[] words)
    {
        var statuses = words[1] == "statuses";
        await using var simulator = await SimulatorHost.StartAsync(configure: options => options with
        {
            ThroughputPerSecond = int.Parse(words[0], CultureInfo.InvariantCulture),
            StatusDelays = statuses
                ? new StatusDelays()
                : new StatusDelays { Sent = TimeSpan.FromDays(30), Delivered = TimeSpan.FromDays(30), Read = TimeSpan.FromDays(30) },
        });
        if (int.Parse(words[2], CultureInfo.InvariantCulture) is > 0 and var late)
        {
            simulator.World.Faults.Set(new Fault { Kind = FaultKind.Slow, Milliseconds = late });
        }

        Console.WriteLine(simulator.Uri);
        while (await Console.In.ReadLineAsync() is { Length: > 0 } webhooks)
        {
            simulator.SendWebhooksTo(new Uri(webhooks));
            Console.WriteLine("yes");
        }

        return 0;
    }
}
