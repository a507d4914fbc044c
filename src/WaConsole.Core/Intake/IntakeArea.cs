using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Intake;

internal static class IntakeArea
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<AcceptDelivery>();
        services.AddSingleton<AnswerHandshake>();
        services.AddSingleton<ReadIntake>();
        services.AddSingleton<Quarantine>();
        return services;
    }
}
