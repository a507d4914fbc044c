using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace WaConsole.Web.Hosting;

internal static class BoundAddress
{
    /// <returns>An address of this machine the console answers at, http before https; null while it does not listen.</returns>
    public static Uri? Of(IServer server) => Of(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);

    public static Uri? Of(IEnumerable<string> addresses) => addresses
        .Select(Reachable)
        .OfType<Uri>()
        .OrderBy(address => address.Scheme, StringComparer.Ordinal)
        .FirstOrDefault();

    private static Uri? Reachable(string address)
    {
        var named = address
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal) ? uri : null;
    }
}
