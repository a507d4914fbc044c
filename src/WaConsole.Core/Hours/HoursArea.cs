using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Hours;

internal static class HoursArea
{
    public static IServiceCollection AddHours(this IServiceCollection services) => services.AddSingleton<ReadHours>().AddSingleton<SaveHours>();
}
