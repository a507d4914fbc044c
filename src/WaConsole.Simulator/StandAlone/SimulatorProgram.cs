using Microsoft.AspNetCore.DataProtection;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Phone;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.StandAlone;

/// <summary>The simulator as a program of its own, for other people's programs too.</summary>
internal static class SimulatorProgram
{
    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseStaticWebAssets();
        var options = builder.Configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() ?? new SimulatorOptions();
        using var loggers = LoggerFactory.Create(logging =>
            logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        using var world = new SimulatedWhatsApp(options, TimeProvider.System, loggers);
        builder.AddSimulator(world);
        builder.Services.AddSimulatorPhone(world);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        var app = builder.Build();
        app.Use(next => http => next(AtRoot(http)));
        app.UsePhoneLanguage();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapSimulator();
        app.MapStaticAssets();
        app.MapSimulatorPhone();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapGet("/", () => Results.Redirect("/simulator"));
        await app.StartAsync();
        world.BaseUri = SimulatorServer.BoundAddress(app);
        world.Traffic.Start(options.CustomersPerMinute);
        await app.WaitForShutdownAsync();
    }

    // A console that mounts the phone finds its files under _content; here, as the program's own, they lie at the root.
    private static HttpContext AtRoot(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/_content/WaConsole.Simulator", out var rest))
        {
            http.Request.Path = rest;
        }

        return http;
    }
}
