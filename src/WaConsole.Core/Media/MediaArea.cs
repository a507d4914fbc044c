using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

internal static class MediaArea
{
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MediaStore>();
        services.AddSingleton<MediaWaiting>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<FetchMediaWorker>();
        services.AddHostedService(given => given.GetRequiredService<FetchMediaWorker>());
        services.AddSingleton(given => new StoreUpload(
            given.GetRequiredService<Store>(), given.GetRequiredService<MediaStore>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new OpenMedia(given.GetRequiredService<Store>(), given.GetRequiredService<MediaStore>()));
        return services;
    }
}
