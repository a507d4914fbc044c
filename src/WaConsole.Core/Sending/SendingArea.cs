using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Sending;

internal static class SendingArea
{
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddSingleton<SendGate>();
        services.AddSingleton<OutboxSignal>();
        return services;
    }
}
