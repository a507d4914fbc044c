using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Window;

internal static class WindowArea
{
    public static IServiceCollection AddWindow(this IServiceCollection services)
    {
        services.AddSingleton<WhatsAppClock>();
        services.AddHostedService<WindowExpiryWorker>();
        return services;
    }
}
