using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Labels;

internal static class LabelsArea
{
    public static IServiceCollection AddLabels(this IServiceCollection services)
    {
        services.AddSingleton<ListLabels>();
        services.AddSingleton<SaveLabel>();
        services.AddSingleton(given => new DeleteLabel(
            given.GetRequiredService<Store>(), given.GetRequiredService<WriterLane>(), given.GetRequiredService<LiveUpdates>()));
        return services;
    }
}
