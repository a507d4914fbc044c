using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Live;

internal static class LiveArea
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveUpdates>();
        return services;
    }
}
