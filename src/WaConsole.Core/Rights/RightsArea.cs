using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights;

internal static class RightsArea
{
    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.AddSingleton<ForgetRemnants>();
        services.AddSingleton(given => new ErasePerson(
            Store(given), Lane(given), given.GetRequiredService<ForgetRemnants>(), given.GetRequiredService<LiveUpdates>(), Clock(given)));
        services.AddSingleton(given => new ExportPerson(Store(given), Lane(given), Secrets(given), Clock(given)));
        services.AddSingleton(given => new ReadCertificate(Store(given), Lane(given), Secrets(given), Clock(given)));
        services.AddSingleton<ListAudit>();
        services.AddSingleton<ReadRetention>();
        services.AddSingleton(given => new SaveRetention(Store(given), Lane(given), Clock(given)));
        services.AddSingleton<SweepOld>();
        services.AddSingleton<RetentionWorker>();
        services.AddHostedService(given => given.GetRequiredService<RetentionWorker>());
        return services;
    }

    private static Store Store(IServiceProvider given) => given.GetRequiredService<Store>();

    private static WriterLane Lane(IServiceProvider given) => given.GetRequiredService<WriterLane>();

    private static ConsentSecrets Secrets(IServiceProvider given) => given.GetRequiredService<ConsentSecrets>();

    private static TimeProvider Clock(IServiceProvider given) => given.GetRequiredService<TimeProvider>();
}
