using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Demo;

internal static class DemoArea
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton(given => new SeedDemo(
            given.GetRequiredService<Store>(), given.GetRequiredService<MediaStore>(), given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton(given => new ReadPhoneHistory(given.GetRequiredService<Store>(), given.GetRequiredService<MediaStore>()));
        return services;
    }
}
