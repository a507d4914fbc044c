using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor.Services;
using WaConsole.Simulator.Phone;
using WaConsole.Simulator.World;
using WaConsole.Web.Components;
using WaConsole.Web.Components.Contacts;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Components.Templates;

namespace WaConsole.Web.Hosting;

internal static class Screen
{
    public static void AddScreen(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents(Circuits);
        services.AddMudServices();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<ViewerZone>();
        services.AddSingleton<OpenCircuits>();
        services.AddScoped<CircuitHandler, CircuitCount>();
        services.AddScoped<CircuitHandler, CircuitLanguage>();
        services.AddSingleton<HereCircuits>();
        services.AddHostedService(given => given.GetRequiredService<HereCircuits>());
        services.AddScoped<CircuitHandler, HereCircuit>();
        services.AddInbox();
        services.AddTemplateScreens();
        services.AddSingleton<ContactVerbs>();

        // Only pages of the simulator ask for its world, and without the simulator they are not routed.
        services.AddSingleton<SimulatedWhatsApp>(given => given.GetRequiredService<BuiltInSimulator>().World);
    }

    public static void MapScreen(this WebApplication app)
    {
        var pages = app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        if (app.Services.GetRequiredService<SimulatorMode>().IsOn)
        {
            pages.AddAdditionalAssemblies(typeof(SimulatedWhatsApp).Assembly);
            app.MapSimulatorPhone().RequireAuthorization(Policies.Inbox);
        }
    }

    /// <summary>A circuit that lost its browser is kept for three minutes, a hundred at most: about 50 MB in the worst case.</summary>
    private static void Circuits(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = 100;
        circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
    }
}
