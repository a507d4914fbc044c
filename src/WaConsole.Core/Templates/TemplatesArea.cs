using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Templates;

internal static class TemplatesArea
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddSingleton<ListTemplates>();
        return services;
    }
}
