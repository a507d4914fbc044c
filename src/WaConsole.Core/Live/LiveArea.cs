using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WaConsole.Core.Live;

internal static class LiveArea
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveUpdates>();
        services.AddSingleton<Heartbeats>();
        services.AddSingleton<RelayState>();
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section);
        services.AddSingleton<IHostedService>(given =>
            string.IsNullOrWhiteSpace(given.GetRequiredService<IOptions<RedisOptions>>().Value.ConnectionString)
                ? new NoRelay()
                : new RedisRelay(
                    given.GetRequiredService<LiveUpdates>(),
                    given.GetRequiredService<RelayState>(),
                    given.GetRequiredService<IOptions<RedisOptions>>(),
                    given.GetRequiredService<TimeProvider>(),
                    given.GetRequiredService<ILogger<RedisRelay>>()));
        return services;
    }

    /// <summary>One node needs no relay.</summary>
    private sealed class NoRelay : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
