using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace WaConsole.Web.Hosting;

/// <summary>Behind a reverse proxy: who it is, so that nobody else can pretend to be somebody.</summary>
public sealed class ProxyOptions
{
    public const string Section = "ForwardedHeaders";

    public bool Enabled { get; set; }

    /// <summary>Addresses of proxies besides loopback, such as 10.0.0.5.</summary>
    public IList<string> KnownProxies { get; set; } = [];

    /// <summary>Networks of proxies, such as 10.0.0.0/8.</summary>
    public IList<string> KnownNetworks { get; set; } = [];
}

internal static class Proxy
{
    public static void UseProxy(this WebApplication app)
    {
        var options = app.Configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>();
        if (options is not { Enabled: true })
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        };
        foreach (var proxy in options.KnownProxies)
        {
            forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        foreach (var network in options.KnownNetworks)
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        app.UseForwardedHeaders(forwarded);
    }
}
