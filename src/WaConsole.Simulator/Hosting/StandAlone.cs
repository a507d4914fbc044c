using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Hosting;

/// <summary>The simulator as a program of its own, for other people's programs too.</summary>
internal static class StandAlone
{
    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var options = builder.Configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() ?? new SimulatorOptions();
        using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        using var world = new SimulatedWhatsApp(options, TimeProvider.System, loggers);
        builder.AddSimulator(world);
        var app = builder.Build();
        app.UseRouting();
        app.MapSimulator();
        await app.StartAsync();
        world.BaseUri = SimulatorServer.BoundAddress(app);
        world.Traffic.Start(options.CustomersPerMinute);
        await app.WaitForShutdownAsync();
    }
}
