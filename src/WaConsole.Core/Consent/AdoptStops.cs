using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Writes down the stops from before there was a registry. Runs until none is left, and finds none afterwards.</summary>
internal sealed class AdoptStops(Store store, WriterLane lane)
{
    private const int Step = 100;

    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        while (true)
        {
            beat();
            await using var db = await store.OpenAsync(cancellationToken);
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var stopped = await db.Contacts.AsNoTracking()
                .Where(c => c.OptedOutAtUtc != null && c.MergedIntoId == null
                    && !db.ConsentStates.Any(s => s.ContactId == c.Id && s.Purpose == ConsentPurpose.Marketing))
                .OrderBy(c => c.Id)
                .Select(c => c.Id)
                .Take(Step)
                .ToListAsync(cancellationToken);
            foreach (var contactId in stopped)
            {
                await KeepConsent.AdoptAsync(db, await KeepConsent.LockAsync(db, contactId, cancellationToken), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            if (stopped.Count < Step)
            {
                return;
            }
        }
    }
}
