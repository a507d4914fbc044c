using Microsoft.Extensions.Options;
using WaConsole.Core.Numbers;
using WaConsole.Simulator.Hosting;

namespace WaConsole.Web.Hosting;

/// <summary>The built-in simulator: on unless a real account is configured or it is switched off.</summary>
public sealed class SimulatorSwitch
{
    public const string Section = "Simulator";

    public bool? Enabled { get; set; }

    /// <summary>Where the simulator listens. An http address of this machine.</summary>
    public string Url { get; set; } = new SimulatorOptions().Url;

    /// <summary>Scripted customers who write per minute, so that a first look is alive. 0 for none.</summary>
    public double CustomersPerMinute { get; set; } = 2;
}

/// <summary>Answers whether this program runs with the simulator.</summary>
public sealed class SimulatorMode(IOptions<SimulatorSwitch> options, IOptions<WhatsAppOptions> account)
{
    public bool IsOn => options.Value.Enabled ?? !account.Value.IsConfigured;
}
