using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Library;

internal static class LibraryArea
{
    public static IServiceCollection AddLibrary(this IServiceCollection services)
    {
        services.AddSingleton<ListLibrary>();
        services.AddSingleton<RenameInLibrary>();
        services.AddSingleton(given => new AddToLibrary(
            given.GetRequiredService<Store>(), given.GetRequiredService<WriterLane>(), given.GetRequiredService<OpenMedia>(),
            given.GetRequiredService<StoreUpload>(), given.GetRequiredService<DropUpload>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new DeleteFromLibrary(
            given.GetRequiredService<Store>(), given.GetRequiredService<WriterLane>(), given.GetRequiredService<MediaStore>()));
        return services;
    }
}
