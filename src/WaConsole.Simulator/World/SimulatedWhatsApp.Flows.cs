using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph;

namespace WaConsole.Simulator.World;

/// <summary>A form of several screens, as far as managing it goes. Replaced as a whole when something about it changes.</summary>
public sealed record SimulatedFlow(string Id, string Name, IReadOnlyList<string> Categories)
{
    /// <summary><c>DRAFT</c>, <c>PUBLISHED</c> or <c>DEPRECATED</c>.</summary>
    public string Status { get; init; } = "DRAFT";

    public string? Endpoint { get; init; }

    /// <summary>Its screens; null while none were uploaded.</summary>
    public string? Json { get; init; }

    /// <summary>What is wrong with its screens, in words.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}

/// <summary>The life of a Flow: draft, published, retired. Source: Meta's OpenAPI file of v23.0 and the error codes of 2026.</summary>
public sealed partial class SimulatedWhatsApp
{
    private readonly Dictionary<string, SimulatedFlow> _flows = new(StringComparer.Ordinal);
    private long _lastFlow = 440000000000000;

    public IReadOnlyList<SimulatedFlow> Flows
    {
        get
        {
            lock (_gate)
            {
                return [.. _flows.Values];
            }
        }
    }

    public SimulatedFlow? FindFlow(string id)
    {
        lock (_gate)
        {
            return _flows.GetValueOrDefault(id);
        }
    }

    internal SimulatedFlow OpenFlow(Func<string, SimulatedFlow> make)
    {
        lock (_gate)
        {
            var flow = make((++_lastFlow).ToString(CultureInfo.InvariantCulture));
            _flows.Add(flow.Id, flow);
            TellFlow(flow, before: null);
            return flow;
        }
    }

    /// <summary>A change that is refused leaves everything as it was.</summary>
    internal GraphError? ChangeFlow(string id, Func<SimulatedFlow, (SimulatedFlow Flow, GraphError? Error)> change)
    {
        lock (_gate)
        {
            var before = _flows[id];
            var (after, error) = change(before);
            if (error is not null)
            {
                return error;
            }

            _flows[id] = after;
            if (after.Status != before.Status)
            {
                TellFlow(after, before.Status);
            }

            return null;
        }
    }

    internal GraphError? DeleteFlow(string id)
    {
        lock (_gate)
        {
            if (_flows[id].Status != "DRAFT")
            {
                return GraphError.Of(139004, "Only a draft can be deleted; a published Flow is deprecated.");
            }

            _flows.Remove(id);
            return null;
        }
    }

    private void TellFlow(SimulatedFlow flow, string? before)
    {
        var value = new JsonObject
        {
            ["event"] = "FLOW_STATUS_CHANGE",
            ["message"] = before is null ? $"The flow was made as {flow.Status}" : $"The flow went from {before} to {flow.Status}",
            ["flow_id"] = flow.Id,
            ["new_status"] = flow.Status,
        };
        if (before is not null)
        {
            value["old_status"] = before;
        }

        Tell("flows", value);
    }
}
