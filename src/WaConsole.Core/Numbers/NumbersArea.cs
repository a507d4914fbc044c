using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Numbers;

internal static class NumbersArea
{
    public static IServiceCollection AddNumbers(this IServiceCollection services)
    {
        services.AddOptions<WhatsAppOptions>().BindConfiguration(WhatsAppOptions.Section).ValidateOnStart();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton(given => new ConnectAccount(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IValidateOptions<WhatsAppOptions>, WhatsAppOptionsValidator>();
        services.AddSingleton<ConnectConfiguredAccount>();
        services.AddSingleton<ListNumbers>();
        services.AddSingleton<UpdateNumberSettings>();
        services.AddSingleton<RefreshNumbers>();
        services.AddHostedService<NumberRefreshWorker>();
        return services;
    }
}
