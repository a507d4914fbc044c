using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Intake;

public sealed record QuarantineRow(long Id, DateTime QuarantinedAtUtc, string Reason, int SizeBytes, int Replays);

/// <summary>Items that could not be handled, newest first, for admins: look at the reason, read the raw body, replay.</summary>
public sealed partial class Quarantine
{
    private const int MaxRows = 500;
    private const string NotThere = "It is not in the quarantine any more.";

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly HandleItem _handle;
    private readonly AccountDirectory _directory;
    private readonly MediaWaiting _media;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly ILogger<Quarantine> _log;

    internal Quarantine(
        Store store, WriterLane lane, HandleItem handle, AccountDirectory directory, MediaWaiting media, LiveUpdates live, TimeProvider clock,
        ILogger<Quarantine> log)
    {
        _store = store;
        _lane = lane;
        _handle = handle;
        _directory = directory;
        _media = media;
        _live = live;
        _clock = clock;
        _log = log;
    }

    public async Task<IReadOnlyList<QuarantineRow>> ListAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        return await db.QuarantinedItems
            .OrderByDescending(q => q.Id)
            .Take(Math.Clamp(limit, 1, MaxRows))
            .Select(q => new QuarantineRow(q.Id, q.QuarantinedAtUtc, q.Reason, q.Body.Length, q.Replays))
            .ToListAsync(cancellationToken);
    }

    /// <returns>The raw body as text, or null.</returns>
    public async Task<string?> ReadBodyAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        var body = await db.QuarantinedItems.Where(q => q.Id == id).Select(q => q.Body).SingleOrDefaultAsync(cancellationToken);
        return body is null ? null : Encoding.UTF8.GetString(body);
    }

    /// <summary>Handles the item once more; it leaves the quarantine when that works. Returns the reason when it does not.</summary>
    public async Task<string?> ReplayAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        string? reason;
        try
        {
            reason = await TryAsync(id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown)
        {
            LogReplayFailed(id, failure.GetType().Name);
            reason = $"It could not be handled ({failure.GetBaseException().GetType().Name}).";
        }

        if (reason is not null)
        {
            await NoteAsync(id, reason, cancellationToken);
        }

        return reason;
    }

    /// <summary>All of it in one transaction, rolled back when anything in it is refused again.</summary>
    private async Task<string?> TryAsync(long id, CancellationToken cancellationToken)
    {
        var tally = new IntakeTally(_clock.GetUtcNow().UtcDateTime);
        using (await _lane.EnterAsync(cancellationToken))
        {
            await using var db = await _store.OpenAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.QuarantinedItems.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancellationToken) is not { } row)
            {
                return NotThere;
            }

            IReadOnlyList<ReadItem> items;
            try
            {
                items = ReadDelivery.Run(row.Body);
            }
            catch (WebhookFormatException unreadable)
            {
                return unreadable.Message;
            }

            var delivery = new Delivery { BusinessAccountId = row.BusinessAccountId, ReceivedAtUtc = row.QuarantinedAtUtc };
            if (await db.QuarantinedItems.Where(q => q.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
            {
                // On PostgreSQL somebody else may have replayed it since it was read; this delete waited for their commit.
                return NotThere;
            }

            tally.Received(row.BusinessAccountId, Math.Max(items.Count, 1) - 1);
            foreach (var item in items)
            {
                if (await _handle.RunAsync(db, item, delivery, tally, cancellationToken) is Recorded.Refused refused)
                {
                    return refused.Reason;
                }

                db.ChangeTracker.Clear();
            }

            if (items.Count == 0)
            {
                tally.Stored(row.BusinessAccountId);
            }

            await tally.SaveAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        tally.Announce(_live, _directory, _media);
        return null;
    }

    private async Task NoteAsync(long id, string reason, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        await db.QuarantinedItems.Where(q => q.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(q => q.Replays, q => q.Replays + 1).SetProperty(q => q.Reason, reason), cancellationToken);
        _live.Publish(new IntakeChanged());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Quarantined item {Item} failed again: {Reason}")]
    private static partial void LogReplayFailed(ILogger logger, long item, string reason);

    private void LogReplayFailed(long item, string reason) => LogReplayFailed(_log, item, reason);
}
