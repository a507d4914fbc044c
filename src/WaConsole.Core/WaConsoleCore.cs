using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Capture;
using WaConsole.Core.Catalogue;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Demo;
using WaConsole.Core.Health;
using WaConsole.Core.Hours;
using WaConsole.Core.Intake;
using WaConsole.Core.Labels;
using WaConsole.Core.Library;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Numbers;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Core;

public static class WaConsoleCore
{
    public static IServiceCollection AddWaConsoleCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddCloudApi()
            .AddStorage()
            .AddLive()
            .AddWindow()
            .AddNumbers()
            .AddLabels()
            .AddConsent()
            .AddContacts()
            .AddTemplates()
            .AddMedia()
            .AddLibrary()
            .AddSending()
            .AddNotifications()
            .AddCatalogue()
            .AddHours()
            .AddConversations()
            .AddCannedReplies()
            .AddIntake()
            .AddTeam()
            .AddHealth()
            .AddOptIns()
            .AddRights()
            .AddCapture()
            .AddDemo();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddDbContextFactory<WaConsoleDb>((given, builder) =>
            DatabaseProviders.Configure(builder, given.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton(given => new ReadLimits
        {
            Usual = TimeSpan.FromSeconds(given.GetRequiredService<IOptions<DatabaseOptions>>().Value.ReadLimitSeconds),
        });
        services.AddSingleton<SearchLane>();
        services.AddSingleton(given => new Store(
            given.GetRequiredService<IDbContextFactory<WaConsoleDb>>(),
            given.GetRequiredService<SearchLane>(),
            given.GetRequiredService<ReadLimits>()));
        services.AddSingleton<StoreCondition>();
        services.AddSingleton<WriterLane>();
        services.AddSingleton<MigrateDatabase>();
        services.AddSingleton<PrepareModel>();
        services.AddSingleton<BackUpDatabase>();
        services.AddSingleton<ReadStorageState>();
        // Known and decided (docs/decisions/0016): a warning at every first start would only teach people to read past warnings.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddDataProtection().SetApplicationName("WaConsole").PersistKeysToDbContext<WaConsoleDb>();
        return services;
    }
}
