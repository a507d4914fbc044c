using WaConsole.Web.Components.Templates.Compose;

namespace WaConsole.Web.Components.Templates;

internal static class TemplateScreens
{
    public static void AddTemplateScreens(this IServiceCollection services)
    {
        services.AddSingleton<TemplateVerbs>();
        services.AddSingleton<StudioVerbs>();
    }
}
