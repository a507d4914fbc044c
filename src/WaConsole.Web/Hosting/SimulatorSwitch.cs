using System.ComponentModel.DataAnnotations;
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

    /// <summary>Fill an empty database with a demo business, and let its customers keep writing.</summary>
    public bool DemoData { get; set; } = true;

    /// <summary>Scripted customers who write per minute with the demo data. 0 for none.</summary>
    [Range(0, 600)]
    public double CustomersPerMinute { get; set; } = 2;
}

/// <summary>Answers whether this program runs with the simulator.</summary>
public sealed class SimulatorMode(IOptions<SimulatorSwitch> options, IOptions<WhatsAppOptions> account)
{
    public bool IsOn => options.Value.Enabled ?? !account.Value.IsConfigured;
}
