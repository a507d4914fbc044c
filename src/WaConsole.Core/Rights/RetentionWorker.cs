using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights;

/// <summary>
/// Removes what is too old once a night (UTC), whichever node does; where the console does not run at night, when it does. Every hour what
/// was left of somebody who was erased.
/// </summary>
internal sealed class RetentionWorker(
    Store store, WriterLane lane, ForgetRemnants remnants, SweepOld sweep, Heartbeats heartbeats, TimeProvider clock, ILogger<RetentionWorker> log)
    : HourlyWorker(Worker.Retention, heartbeats, clock, log)
{
    private static readonly TimeSpan Night = TimeSpan.FromHours(1);

    public override async Task RunOnceAsync(Action beat, CancellationToken cancellationToken)
    {
        await remnants.RunAsync(beat, cancellationToken);
        var now = Clock.GetUtcNow().UtcDateTime;
        if (!await TakeTurnAsync(now, cancellationToken))
        {
            return;
        }

        await sweep.RunAsync(beat, cancellationToken);
    }

    private async Task<bool> TakeTurnAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await db.ConsentSettings.AnyAsync(cancellationToken))
        {
            using var place = await lane.EnterAsync(cancellationToken);
            db.ConsentSettings.Add(new ConsentSettings { SweptAtUtc = now });
            await db.SaveChangesAsync(cancellationToken);
            return false;
        }

        var night = (now - Night).Date + Night;
        return await db.ConsentSettings.Where(s => s.SweptAtUtc == null || s.SweptAtUtc < night)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SweptAtUtc, now), cancellationToken) == 1;
    }
}
