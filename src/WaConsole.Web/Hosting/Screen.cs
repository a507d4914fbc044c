using MudBlazor.Services;
using WaConsole.Web.Components;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.Hosting;

internal static class Screen
{
    public static void AddScreen(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<CurrentCaller>();
        services.AddInbox();
    }
}
