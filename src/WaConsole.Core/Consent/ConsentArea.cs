using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

internal static class ConsentArea
{
    public static IServiceCollection AddConsent(this IServiceCollection services)
    {
        services
            .AddSingleton<ConsentSecrets>()
            .AddSingleton<ConsentHead>()
            .AddSingleton<LinkEntries>()
            .AddSingleton<AdoptStops>()
            .AddSingleton<AdoptMarks>()
            .AddSingleton(given => new VerifyConsent(
                given.GetRequiredService<Store>(), given.GetRequiredService<ConsentSecrets>(), given.GetRequiredService<ConsentHead>()))
            .AddSingleton<RunCheck>()
            .AddSingleton(given => new CheckRegistry(
                given.GetRequiredService<RunCheck>(), given.GetRequiredService<VerifyConsent>(), given.GetRequiredService<Store>(),
                given.GetRequiredService<WriterLane>(), given.GetRequiredService<TimeProvider>()))
            .AddSingleton<VerifyDaily>()
            .AddSingleton<ConsentWorker>()
            .AddHostedService(given => given.GetRequiredService<ConsentWorker>());
        return services;
    }
}
