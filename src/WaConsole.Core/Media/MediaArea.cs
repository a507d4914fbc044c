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
            given.GetRequiredService<Store>(), given.GetRequiredService<MediaStore>(), given.GetRequiredService<SoundWaiting>(),
            given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new OpenMedia(given.GetRequiredService<Store>(), given.GetRequiredService<MediaStore>()));
        services.AddSingleton(given => new DropUpload(
            given.GetRequiredService<Store>(), given.GetRequiredService<WriterLane>(), given.GetRequiredService<MediaStore>()));
        services.AddSingleton<TidyUploads>();
        services.AddHostedService<TidyUploadsWorker>();
        return services.AddSounds();
    }

    private static IServiceCollection AddSounds(this IServiceCollection services)
    {
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton(FfmpegBounds.Default);
        services.AddSingleton<RunFfmpeg>();
        services.AddSingleton<ReadSound>();
        services.AddSingleton<PrepareSound>();
        services.AddSingleton<SoundWaiting>();
        services.AddSingleton<SoundWorker>();
        services.AddHostedService(given => given.GetRequiredService<SoundWorker>());
        services.AddSingleton(given => new StoreVoiceNote(
            given.GetRequiredService<StoreUpload>(), given.GetRequiredService<MediaStore>(), given.GetRequiredService<RunFfmpeg>(),
            given.GetRequiredService<ReadSound>()));
        return services;
    }
}
