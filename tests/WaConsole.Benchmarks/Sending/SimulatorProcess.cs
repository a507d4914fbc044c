using System.Globalization;
using WaConsole.Benchmarks.Intake;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Sending;

/// <summary>The simulator in a process of its own, so that what it costs is not counted as ours. It ends with us.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private readonly ChildProcess _process;

    private SimulatorProcess(ChildProcess process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public double CpuSeconds => _process.CpuSeconds;

    /// <param name="words">As <see cref="RunAsync"/> reads them.</param>
    public static async Task<SimulatorProcess> StartAsync(params string[] words)
    {
        var process = ChildProcess.StartSelf(["send-simulator", .. words]);
        var address = await process.Output.ReadLineAsync() ?? throw new InvalidOperationException("The simulator did not start.");
        return new SimulatorProcess(process, new Uri(address));
    }

    /// <summary>From now on webhooks go there.</summary>
    public async Task SendWebhooksToAsync(Uri address)
    {
        await _process.Input.WriteLineAsync(address.ToString());
        await _process.Input.FlushAsync();
        await _process.Output.ReadLineAsync();
    }

    public void Dispose() => _process.Dispose();

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
