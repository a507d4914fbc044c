using System.Net;
using Microsoft.AspNetCore.Http;

namespace WaConsole.Core.Team;

/// <summary>
/// Whether the demo accounts may sign in. The host allows it only with the simulator, on a loopback listener and without
/// a proxy in front: their password is public.
/// </summary>
public sealed class DemoMode
{
    /// <summary>The password of every demo account, documented in the README.</summary>
    public const string Password = "demo-password";

    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    public bool Allowed { get; set; }

    /// <summary>
    /// A proxy on this machine makes strangers look local, so its headers end demo sign-in for that request; and so does a name
    /// of somebody else's that was pointed at this machine (DNS rebinding), which only the Host header tells.
    /// </summary>
    public bool AllowsRequest(HttpContext context) =>
        Allowed
        && (context.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote))
        && IsThisMachine(context.Request.Host.Host)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
