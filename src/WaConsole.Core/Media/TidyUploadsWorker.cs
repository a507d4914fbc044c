using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Media;

/// <summary>Looks every hour for uploads that were never sent.</summary>
internal sealed class TidyUploadsWorker(TidyUploads tidy, Heartbeats heartbeats, TimeProvider clock, ILogger<TidyUploadsWorker> log)
    : HourlyWorker(Worker.Uploads, heartbeats, clock, log)
{
    public override Task RunOnceAsync(Action beat, CancellationToken cancellationToken) => tidy.RunAsync(beat, cancellationToken);
}
