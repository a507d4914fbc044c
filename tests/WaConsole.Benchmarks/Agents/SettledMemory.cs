using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using WaConsole.Benchmarks.Live;

namespace WaConsole.Benchmarks.Agents;

/// <summary>
/// Physical memory of the console, in bytes: as it stood, and after everything that is no longer needed was collected.
/// <see cref="Objects"/> is what was left of .NET's own.
/// </summary>
internal sealed record SettledMemory(long AsItStood, long Collected, long Objects)
{
    /// <summary>Keywords of Microsoft-Windows-DotNETRuntime: the runtime collects everything when a listener comes with the second.</summary>
    private const long Collections = 0x1;
    private const long CollectNow = 0x800000;

    private const int Times = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public static async Task<SettledMemory> ReadAsync(LiveConsole console)
    {
        await Task.Delay(Rest, TimeProvider.System);
        var stood = console.Memory;
        var objects = 0L;
        for (var time = 0; time < Times; time++)
        {
            objects = await CollectAsync(new DiagnosticsClient(console.ProcessId));
            await Task.Delay(Rest, TimeProvider.System);
        }

        return new SettledMemory(stood, console.Memory, objects);
    }

    /// <returns>Bytes on the heap after it.</returns>
    private static async Task<long> CollectAsync(DiagnosticsClient runtime)
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collections | CollectNow);
        using var session = await runtime.StartEventPipeSessionAsync([provider], requestRundown: false, circularBufferMB: 1, CancellationToken.None);
        using var events = new EventPipeEventSource(session.EventStream);
        var objects = 0L;
        events.Clr.GCHeapStats += heap => objects = heap.TotalHeapSize;
        var listening = Task.Run(events.Process);
        await session.StopAsync(CancellationToken.None);
        await listening;
        return objects > 0 ? objects : throw new InvalidOperationException("The console collected nothing when asked to.");
    }
}
