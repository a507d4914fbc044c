using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using WaConsole.Benchmarks.Live;

namespace WaConsole.Benchmarks.Agents;

/// <summary>Physical memory of the console, in bytes: as it stood, and after everything that is no longer needed was collected.</summary>
internal sealed record SettledMemory(long AsItStood, long Collected)
{
    /// <summary>The runtime collects everything when a listener comes with this keyword (GCHeapCollect of Microsoft-Windows-DotNETRuntime).</summary>
    private const long CollectHeap = 0x800000;
    private const int Collections = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public static async Task<SettledMemory> ReadAsync(LiveConsole console)
    {
        await Task.Delay(Rest, TimeProvider.System);
        var stood = console.Memory;
        var runtime = new DiagnosticsClient(console.ProcessId);
        for (var time = 0; time < Collections; time++)
        {
            await CollectAsync(runtime);
            await Task.Delay(Rest, TimeProvider.System);
        }

        return new SettledMemory(stood, console.Memory);
    }

    private static async Task CollectAsync(DiagnosticsClient runtime)
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectHeap);
        using var session = await runtime.StartEventPipeSessionAsync([provider], requestRundown: false, circularBufferMB: 1, CancellationToken.None);
        var drained = session.EventStream.CopyToAsync(Stream.Null);
        await session.StopAsync(CancellationToken.None);
        await drained;
    }
}
