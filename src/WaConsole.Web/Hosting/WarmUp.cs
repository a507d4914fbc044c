using WaConsole.Core.Storage;

namespace WaConsole.Web.Hosting;

/// <summary>
/// What a start waits for longest, made ready on another core while the rest is set up: the model of the database, and the code that
/// serves the endpoints. 1 of 5 seconds (docs/performance.md). Nothing depends on it: what is not ready is made when it is asked for.
/// </summary>
internal static partial class WarmUp
{
    public static void PrepareDatabase(this WebApplication app) => InBackground(
        app, () => app.Services.GetRequiredService<PrepareModel>().RunAsync(app.Lifetime.ApplicationStopping));

    /// <summary>After the last Map call.</summary>
    public static void PrepareEndpoints(this WebApplication app)
    {
        var sources = ((IEndpointRouteBuilder)app).DataSources.ToList();
        InBackground(app, () =>
        {
            foreach (var source in sources)
            {
                _ = source.Endpoints;
            }

            return Task.CompletedTask;
        });
    }

    private static void InBackground(WebApplication app, Func<Task> prepare) => _ = Task.Run(async () =>
    {
        try
        {
            await prepare();
        }
        catch (Exception fault)
        {
            // Whoever needs it meets the same fault and says what to do.
            LogFault(app.Logger, fault);
        }
    });

    [LoggerMessage(Level = LogLevel.Debug, Message = "Making ready ahead of time ended in a fault")]
    private static partial void LogFault(ILogger log, Exception fault);
}
