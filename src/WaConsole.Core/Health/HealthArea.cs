using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Health;

internal static class HealthArea
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<QueueAges>();
        services.AddSingleton<RecentMeasures>();
        services.AddHostedService(given => given.GetRequiredService<RecentMeasures>());
        services.AddSingleton<ReadLiveHealth>();
        services.AddSingleton<WatchQueues>();
        services.AddHostedService(given => given.GetRequiredService<WatchQueues>());
        return services;
    }
}
