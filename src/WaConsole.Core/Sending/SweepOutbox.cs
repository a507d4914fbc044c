using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Rows whose holder vanished while the bytes may have left become unknown; rows that waited past their deadline go back to the person.
/// </summary>
internal sealed class SweepOutbox(Store store, RecordSendResults record, TimeProvider clock)
{
    private const int AtMost = 250;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var lost = await Rows(db.Outbox.Where(e => e.State == OutboxState.Sending && e.LeasedUntilUtc < now).OrderBy(e => e.LeasedUntilUtc))
            .ToListAsync(cancellationToken);
        var late = await Rows(db.Outbox
                .Where(e => e.State == OutboxState.Waiting && e.DeadlineAtUtc <= now && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now))
                .OrderBy(e => e.DeadlineAtUtc))
            .ToListAsync(cancellationToken);
        await Task.WhenAll(
        [
            .. lost.Select(row => record.RunAsync(new SendResult.Unknown(row.Row, Holder: null))),
            .. late.Select(row => record.RunAsync(new SendResult.NotSent(
                row.Row, Holder: null, Texts.Sending.Keep("DeadlinePassed", Texts.Moment(row.DeadlineAtUtc))))),
        ]);
        return lost.Count == AtMost || late.Count == AtMost;
    }

    private static IQueryable<SweptRow> Rows(IQueryable<OutboxEntry> entries) => entries.AsNoTracking().Take(AtMost).Select(e => new SweptRow(
        new OutboxRow(e.Id, e.MessageId, e.NumberId, e.ConversationId, e.Lane, e.Attempts), e.DeadlineAtUtc));

    private sealed record SweptRow(OutboxRow Row, DateTime DeadlineAtUtc);
}
