using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using WaConsole.Core.Team;
using WaConsole.Web.Components;

namespace WaConsole.Web.Hosting;

/// <summary>Whose browsers are connected to this node, told when one comes and again while it stays.</summary>
internal sealed class HereCircuits(WhoIsHere here, TimeProvider clock) : BackgroundService
{
    private readonly ConcurrentDictionary<string, long> _connected = new(StringComparer.Ordinal);

    public void Come(string circuit, long agentId)
    {
        _connected[circuit] = agentId;
        here.Tell(agentId);
    }

    public void Leave(string circuit) => _connected.TryRemove(circuit, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WhoIsHere.TellAgain, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                here.Tell(_connected.Values.Distinct());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }
}

internal sealed class HereCircuit(HereCircuits circuits, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (CurrentCaller.AgentId((await authentication.GetAuthenticationStateAsync()).User) is { } agentId)
        {
            circuits.Come(circuit.Id, agentId);
        }
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Leave(circuit.Id);
        return Task.CompletedTask;
    }
}
