using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Web.Hosting;

internal static class ConsoleStartSetup
{
    public static void AddConsoleStart(this IServiceCollection services)
    {
        services.AddHostedService<ConsoleStart>();
    }
}

/// <summary>
/// What happens before the console listens: the schema is brought up to date, then what an empty installation needs is made.
/// Runs in StartingAsync, which ends before any hosted service (workers, Kestrel) starts.
/// </summary>
internal sealed class ConsoleStart(
    MigrateDatabase migrate, DemoMode demo, SeedDemoAccounts seedDemoAccounts, DemoRule demoRule) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await migrate.RunAsync(cancellationToken);

        demo.Allowed = demoRule.Allows();
        if (demo.Allowed)
        {
            await seedDemoAccounts.RunAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
