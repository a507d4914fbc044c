using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.OptIns;

internal static class OptInsArea
{
    public static IServiceCollection AddOptIns(this IServiceCollection services)
    {
        services.AddSingleton(given => new RecordOptIn(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new RecordOptOut(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new ReadConsent(Store(given), Lane(given), Secrets(given), Clock(given)));
        services.AddSingleton<ListOptIns>();
        return services;
    }

    private static Store Store(IServiceProvider given) => given.GetRequiredService<Store>();

    private static WriterLane Lane(IServiceProvider given) => given.GetRequiredService<WriterLane>();

    private static LiveUpdates Live(IServiceProvider given) => given.GetRequiredService<LiveUpdates>();

    private static ConsentSecrets Secrets(IServiceProvider given) => given.GetRequiredService<ConsentSecrets>();

    private static TimeProvider Clock(IServiceProvider given) => given.GetRequiredService<TimeProvider>();
}
