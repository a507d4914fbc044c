using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

internal static class IntakeArea
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(given => new IntakeMemory(given.GetRequiredService<ILogger<IntakeMemory>>()));
        services.AddSingleton<DeliveryCommit>();
        services.AddSingleton<DeliveriesWaiting>();
        services.AddSingleton<FindItemOrigin>();
        services.AddSingleton<HandleItem>();
        services.AddSingleton<HandleDeliveries>();
        services.AddSingleton<TidyIntake>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<TidyWorker>();
        services.AddSingleton<ReadIntake>();
        services.AddSingleton(given => new AcceptDelivery(
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<DeliveryCommit>(),
            given.GetRequiredService<IntakeMemory>(),
            given.GetRequiredService<IOptions<IntakeOptions>>()));
        services.AddSingleton(given => new AnswerHandshake(given.GetRequiredService<AccountDirectory>()));
        services.AddSingleton(given => new Quarantine(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<HandleItem>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<MediaWaiting>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<ILogger<Quarantine>>()));
        return services;
    }
}
