using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns.Imports;
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
        services.AddSingleton<ReadRegistryHealth>();
        services.AddSingleton<ReadRegistryCheck>();
        services.AddSingleton(given => new AskForCheck(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton<ReadMarkets>();
        services.AddSingleton(given => new SaveMarkets(Store(given), Lane(given), Clock(given)));
        services.AddSingleton(given => new StoreProof(Store(given), Files(given), Secrets(given), Clock(given)));
        services.AddSingleton(given => new OpenProof(Store(given), Lane(given), Files(given), Secrets(given), Clock(given)));
        services.AddSingleton(given => new StoreImport(Store(given), Files(given), Clock(given)));
        services.AddSingleton(given => new ReadImport(Store(given), Files(given), Clock(given)));
        services.AddSingleton(given => new ListImports(Store(given), given.GetRequiredService<ReadImport>()));
        services.AddSingleton(given => new CheckImport(Store(given), Live(given), Clock(given)));
        services.AddSingleton(given => new StartImport(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new StopImport(Store(given), Live(given)));
        services.AddSingleton(given => new DropImportFile(Store(given), Files(given), Live(given)));
        services.AddSingleton(given => new ReadImportProblems(Store(given), Files(given)));
        services.AddSingleton<TakeRows>();
        services.AddSingleton<RunImport>();
        services.AddSingleton<ImportWorker>();
        services.AddHostedService(given => given.GetRequiredService<ImportWorker>());
        return services;
    }

    private static Store Store(IServiceProvider given) => given.GetRequiredService<Store>();

    private static WriterLane Lane(IServiceProvider given) => given.GetRequiredService<WriterLane>();

    private static MediaStore Files(IServiceProvider given) => given.GetRequiredService<MediaStore>();

    private static LiveUpdates Live(IServiceProvider given) => given.GetRequiredService<LiveUpdates>();

    private static ConsentSecrets Secrets(IServiceProvider given) => given.GetRequiredService<ConsentSecrets>();

    private static TimeProvider Clock(IServiceProvider given) => given.GetRequiredService<TimeProvider>();
}
