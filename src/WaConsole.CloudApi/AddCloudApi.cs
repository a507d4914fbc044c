using Microsoft.Extensions.DependencyInjection.Extensions;
using WaConsole.CloudApi;

namespace Microsoft.Extensions.DependencyInjection;

public static class CloudApiServiceCollectionExtensions
{
    /// <summary>Registers <see cref="CloudApiClient"/>; credentials are given with each call.</summary>
    public static IServiceCollection AddCloudApi(
        this IServiceCollection services, Action<CloudApiOptions>? configure = null)
    {
        var options = new CloudApiOptions();
        configure?.Invoke(options);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddHttpClient<CloudApiClient>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would carry the token to wherever the answer points.
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = options.ConnectTimeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                AutomaticDecompression = System.Net.DecompressionMethods.All,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own loggers write addresses and, at trace level, headers: the token among them.
            .RemoveAllLoggers();
        return services;
    }
}
