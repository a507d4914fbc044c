using Microsoft.Extensions.Options;
using WaConsole.Core.Numbers;

namespace WaConsole.Web.Hosting;

/// <summary>The built-in simulator: on unless a real account is configured or it is switched off.</summary>
public sealed class SimulatorSwitch
{
    public const string Section = "Simulator";

    public bool? Enabled { get; set; }

    /// <summary>Where the simulator listens. Loopback only.</summary>
    public Uri Url { get; set; } = new("http://localhost:5081");
}

/// <summary>Answers whether this program runs with the simulator.</summary>
internal sealed class SimulatorMode(IOptions<SimulatorSwitch> options, IOptions<WhatsAppOptions> account)
{
    public bool IsOn => options.Value.Enabled ?? !account.Value.IsConfigured;

    public Uri Url => options.Value.Url;
}
