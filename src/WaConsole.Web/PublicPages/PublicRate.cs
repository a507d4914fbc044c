using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Public;

namespace WaConsole.Web.PublicPages;

/// <summary>
/// How much one address may do on pages that anybody may open. Many people share an address of a mobile network; nobody agrees twenty times.
/// Who wants to stop has a window of their own, which no form on another page uses up.
/// </summary>
internal sealed class PublicRate : IRateLimiterPolicy<(bool Posts, bool Leaves, string Address)>
{
    public const string Policy = "PublicPages";
    public const int FormsPerWindow = 20;

    private const int LooksPerWindow = 600;
    private const int NetworkBytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = SayAsync;

    public RateLimitPartition<(bool Posts, bool Leaves, string Address)> GetPartition(HttpContext httpContext)
    {
        var posts = HttpMethods.IsPost(httpContext.Request.Method);
        var leaves = httpContext.Request.Path.StartsWithSegments("/opt-out", StringComparison.OrdinalIgnoreCase);
        return RateLimitPartition.GetFixedWindowLimiter(
            (posts, leaves, Of(httpContext.Connection.RemoteIpAddress)),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = posts ? FormsPerWindow : LooksPerWindow, Window = Window });
    }

    /// <summary>Of an IPv6 address the network: a single customer has more addresses than anybody could count.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };

    /// <summary>A person reads it, who shares their address with strangers.</summary>
    private static async ValueTask SayAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        PublicForm.Speak(PublicForm.Choose(http, ConsoleLanguages.All));

        // There is nothing on it to be tricked into pressing, and looking up who may embed the page is what a flood must not cause.
        IReadOnlyList<string>? anybody = http.Request.Path.StartsWithSegments("/opt-in", StringComparison.OrdinalIgnoreCase) ? ["*"] : null;
        await PublicForm.Page<TooMany>(http, new { }, StatusCodes.Status429TooManyRequests, anybody).ExecuteAsync(http);
    }
}
