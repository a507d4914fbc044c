using Microsoft.Extensions.DependencyInjection;

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
        services.AddSingleton<StoreUpload>();
        services.AddSingleton<OpenMedia>();
        return services;
    }
}
