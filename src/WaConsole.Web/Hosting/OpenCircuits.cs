using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace WaConsole.Web.Hosting;

/// <summary>Screens this process holds: open ones, and among them those whose browser is connected at the moment.</summary>
public sealed class OpenCircuits
{
    private static readonly Meter Meter = new("WaConsole.Web");

    private static readonly UpDownCounter<int> OpenMeter = Meter.CreateUpDownCounter<int>(
        "waconsole.web.circuits.open", "{circuit}", "Screens held in memory, those that wait for their browser to come back included.");

    private static readonly UpDownCounter<int> ConnectedMeter = Meter.CreateUpDownCounter<int>(
        "waconsole.web.circuits.connected", "{circuit}", "Screens whose browser is connected.");

    private int _open;
    private int _connected;

    public int Open => Volatile.Read(ref _open);

    public int Connected => Volatile.Read(ref _connected);

    internal void CountOpen(int change)
    {
        Interlocked.Add(ref _open, change);
        OpenMeter.Add(change);
    }

    internal void CountConnected(int change)
    {
        Interlocked.Add(ref _connected, change);
        ConnectedMeter.Add(change);
    }
}

internal sealed class CircuitCount(OpenCircuits circuits) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => Count(circuits.CountOpen, 1);

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Count(circuits.CountConnected, 1);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Count(circuits.CountConnected, -1);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => Count(circuits.CountOpen, -1);

    private static Task Count(Action<int> count, int change)
    {
        count(change);
        return Task.CompletedTask;
    }
}
