using Microsoft.AspNetCore.Http.Connections;
using StackExchange.Redis;
using WaConsole.Core.Live;
using WaConsole.Web.Api;

namespace WaConsole.Web.Live;

internal static class LiveHubs
{
    public const string Policy = "LiveHub";

    /// <summary>A connection calls nothing on the hub, so what it may send is small.</summary>
    private const int MaxIncoming = 4 * 1024;

    public static void AddLiveHub(this IServiceCollection services, IConfiguration configuration)
    {
        var signalR = services.AddSignalR().AddHubOptions<LiveHub>(options =>
        {
            options.MaximumReceiveMessageSize = MaxIncoming;
            options.MaximumParallelInvocationsPerClient = 1;
        });
        if (configuration[$"{RedisOptions.Section}:{nameof(RedisOptions.ConnectionString)}"] is { Length: > 0 } redis)
        {
            signalR.AddStackExchangeRedis(redis, options =>
            {
                options.Configuration.ChannelPrefix = RedisChannel.Literal("waconsole");
                options.Configuration.AbortOnConnectFail = false;
            });
        }

        services.AddSingleton<RequestCaller>();
        services.AddSingleton<MediaFiles.PageUpload>();
        services.AddSingleton<LiveConnections>();
        services.AddHostedService<LiveFeed>();
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(ApiKeyAuthentication.KeyOrCookie)
            .RequireAuthenticatedUser());
    }

    public static void MapLiveHub(this IEndpointRouteBuilder app) =>
        app.MapHub<LiveHub>(LiveHub.Path, options =>
        {
            options.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
            options.CloseOnAuthenticationExpiration = true;
        });
}
