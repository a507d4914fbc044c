using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Web.Hosting;

/// <summary>
/// /health/live: the process answers. /health/ready: the database answers, has this version's schema, and the workers of this process
/// give signs of life.
/// </summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<DatabaseIsReady>("database", tags: [Ready])
            .AddCheck<WorkersAreAlive>("workers", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}

internal sealed class DatabaseIsReady(ReadStorageState storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await storage.RunAsync(cancellationToken) switch
        {
            StorageState.Ready => HealthCheckResult.Healthy(),
            StorageState.MigrationsPending => HealthCheckResult.Unhealthy("The schema is older than this program."),
            _ => HealthCheckResult.Unhealthy("The database does not answer."),
        };
}

/// <summary>A worker that hangs leaves webhooks unread or replies unsent while everything else answers.</summary>
internal sealed class WorkersAreAlive(Heartbeats heartbeats) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silent = heartbeats.Read().Where(sign => sign.IsSilent).Select(sign => sign.Worker).ToList();
        return Task.FromResult(silent.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"No sign of life from: {string.Join(", ", silent)}."));
    }
}
