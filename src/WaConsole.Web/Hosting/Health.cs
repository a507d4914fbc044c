using System.Net;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Web.Hosting;

/// <summary>
/// /health/live: the process answers. /health/ready: the database answers, has this version's schema, and the workers of this process
/// give signs of life. One that answers and does not take what is to be stored is Degraded: people can still read.
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
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>The one word monitors look for, and below it, for who asks from the machine itself, why it is not Healthy: strangers need not know.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var isLocal = context.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from);
        var reasons = report.Entries.Values.Where(entry => isLocal && entry.Status != HealthStatus.Healthy).Select(entry => entry.Description);
        return context.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. reasons]));
    }
}

internal sealed class DatabaseIsReady(ReadStorageState storage, StoreCondition condition) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await storage.RunAsync(cancellationToken) switch
        {
            StorageState.Ready => condition.Current switch
            {
                StoreTrouble.DiskFull => HealthCheckResult.Degraded("The disk of the database is full: webhooks are refused until there is room."),
                StoreTrouble.Refusing => HealthCheckResult.Degraded("The database does not take what comes: webhooks are refused. See the log."),
                _ => HealthCheckResult.Healthy(),
            },
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
