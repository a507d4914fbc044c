using System.Net;

namespace WaConsole.Web.Hosting;

/// <summary>Demo accounts have a public password, so they need the simulator, a listener only this machine reaches and no proxy in front.</summary>
internal sealed class DemoRule(SimulatorMode simulator, IConfiguration configuration)
{
    public bool Allows() =>
        simulator.IsOn
        && !configuration.GetValue<bool>("ForwardedHeaders:Enabled")
        && ConsoleListener.Addresses(configuration) is { Count: > 0 } addresses
        && addresses.All(IsLoopback);

    /// <summary>Names such as * and + bind every interface and are not parsed as an address: what is not provably loopback is not.</summary>
    public static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
