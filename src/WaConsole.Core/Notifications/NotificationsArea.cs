using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Notifications;

internal static class NotificationsArea
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<ListNotifications>();
        services.AddSingleton<MarkNotificationsRead>();
        services.AddSingleton<ForgetNotificationsWorker>();
        services.AddHostedService(given => given.GetRequiredService<ForgetNotificationsWorker>());
        return services;
    }
}
