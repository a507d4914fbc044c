using Microsoft.AspNetCore.Hosting.Server;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Web.Hosting;

internal static class ConsoleStartSetup
{
    public static void AddConsoleStart(this IServiceCollection services)
    {
        services.AddOptions<SimulatorSwitch>().BindConfiguration(SimulatorSwitch.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SimulatorMode>();
        services.AddSingleton<BuiltInSimulator>();
        services.AddSingleton<DemoRule>();
        services.AddSingleton<DemoBusiness>();
        services.AddSingleton(new Terminal(Console.Out));
        services.AddSingleton<Greeting>();
        services.AddHostedService<ConsoleStart>();
        services.AddHostedService<GiveBackMemory>();
    }
}

/// <summary>
/// What happens around the start. Before any worker and before Kestrel: the schema is brought up to date, the simulator starts,
/// and an empty installation gets what its configuration asks for. Once the console listens: webhooks may come, and the person
/// at the terminal is told where to go.
/// </summary>
internal sealed class ConsoleStart(
    MigrateDatabase migrate, BootstrapInstallation bootstrap, ConnectConfiguredAccount connectConfigured, SimulatorMode simulatorMode,
    BuiltInSimulator simulator, DemoMode demo, DemoRule demoRule, SeedDemoAccounts seedDemoAccounts, DemoBusiness demoBusiness, IServer server,
    Greeting greeting) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await migrate.RunAsync(cancellationToken);
        await bootstrap.RunAsync(cancellationToken);
        await connectConfigured.RunAsync(cancellationToken);

        demo.Allowed = demoRule.Allows();
        if (demo.Allowed)
        {
            await seedDemoAccounts.RunAsync(cancellationToken);
        }

        if (simulatorMode.IsOn)
        {
            await simulator.StartAsync(cancellationToken);
            await demoBusiness.RunAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = BoundAddress.Of(server);
        if (address is not null && simulatorMode.IsOn)
        {
            simulator.SendWebhooksTo(address);
        }

        await greeting.PrintAsync(address, cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => simulator.StopAsync(cancellationToken);
}
