using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace WaConsole.Web.PublicPages;

/// <summary>How much one address may do on pages that anybody may open. Many people share an address of a mobile network; nobody agrees twenty times.</summary>
internal static class PublicRate
{
    public const string Policy = "PublicPages";
    public const int FormsPerWindow = 20;

    private const int LooksPerWindow = 600;
    private const int NetworkBytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static void AddPublicRate(this IServiceCollection services) => services.AddRateLimiter(limiter => limiter.AddPolicy(Policy, context =>
    {
        var posts = HttpMethods.IsPost(context.Request.Method);
        return RateLimitPartition.GetFixedWindowLimiter(
            (posts, Of(context.Connection.RemoteIpAddress)),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = posts ? FormsPerWindow : LooksPerWindow, Window = Window });
    }));

    /// <summary>Of an IPv6 address the network: a single customer has more addresses than anybody could count.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
