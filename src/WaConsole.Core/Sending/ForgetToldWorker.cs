using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>What no rule of the gate asks for any more goes.</summary>
internal sealed class ForgetToldWorker(Store store, WriterLane lane, Heartbeats heartbeats, TimeProvider clock, ILogger<ForgetToldWorker> log)
    : HourlyWorker(Worker.Told, heartbeats, clock, log)
{
    private const int Portion = 1_000;

    public override async Task RunOnceAsync(Action beat, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = Clock.GetUtcNow().UtcDateTime;
        var before = now - ToldNotice.Keep;
        int gone;
        do
        {
            beat();

            // Ids grow with time, but for what another channel reports late: that goes with its neighbours.
            var old = await db.ToldNotices.OrderBy(t => t.Id).Take(Portion).Where(t => t.AtUtc < before).Select(t => t.Id).ToListAsync(cancellationToken);
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            gone = await db.ToldNotices.Where(t => old.Contains(t.Id)).ExecuteDeleteAsync(cancellationToken);
        }
        while (gone == Portion);

        var yesterday = now - PortfolioUse.Day;
        foreach (var portfolio in await db.BusinessAccounts.Select(a => a.PortfolioId).Distinct().ToListAsync(cancellationToken))
        {
            do
            {
                beat();
                var old = await db.PortfolioReaches.Where(r => r.PortfolioId == portfolio && r.AtUtc < yesterday)
                    .OrderBy(r => r.AtUtc).Take(Portion).Select(r => r.PersonId).ToListAsync(cancellationToken);
                using var place = await lane.EnterForBatchAsync(cancellationToken);
                gone = await db.PortfolioReaches.Where(r => r.PortfolioId == portfolio && old.Contains(r.PersonId) && r.AtUtc < yesterday)
                    .ExecuteDeleteAsync(cancellationToken);
            }
            while (gone == Portion);
        }
    }
}
