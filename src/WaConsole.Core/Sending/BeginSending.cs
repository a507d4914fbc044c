using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

/// <summary>A message that is marked as leaving and may leave now, by a permit of the gate.</summary>
internal sealed record ReadyMessage(OutboxRow Row, SendGate.SendPermit Permit, Guid ClientKey, OutboundMessage Message);

/// <summary>
/// What a batch of due rows came to. <see cref="ToUpload"/> are leased and wait for their file; <see cref="Unasked"/> are marked as leaving
/// and go back, because the gate could not be asked. <see cref="InDoubt"/> is to be written before anything more is begun.
/// </summary>
internal sealed record BegunBatch(
    IReadOnlyList<ReadyMessage> Ready, IReadOnlyList<(OutboxRow Row, Refusal Why)> Refused, IReadOnlyList<(OutboxRow Row, long MediaFileId)> ToUpload)
{
    public static BegunBatch Nothing { get; } = new([], [], []);

    public IReadOnlyList<OutboxRow> Unasked { get; init; } = [];

    /// <summary>Rows whose marks may have been stored, though the database did not say so: nothing of them has left, and they go back.</summary>
    public IReadOnlyList<SendResult> InDoubt { get; init; } = [];
}

/// <summary>
/// Marks due rows as leaving and then has the gate asked about them: from the commit of the marks on a crash leaves their outcome unknown,
/// before it they are untouched. The gate's questions are the longer part and are asked when the writer's place is free again. Two
/// statements for any number of rows.
/// </summary>
internal sealed partial class BeginSending(
    Store store, WriterLane lane, OutboxQueue queue, AskToLeave ask, UploadForSending upload, TimeProvider clock, ILogger<BeginSending> log)
{
    /// <summary>Messages with the same file wait this long for the one that uploads it.</summary>
    private static readonly TimeSpan AnotherUploads = TimeSpan.FromSeconds(1);

    public async Task<BegunBatch> RunAsync(long numberId, int places, int placesForAgents, Guid worker, CancellationToken cancellationToken)
    {
        var due = await queue.NextAsync(numberId, places, placesForAgents, cancellationToken);
        if (due.Count == 0)
        {
            return BegunBatch.Nothing;
        }

        List<(OutboxRow Row, long MediaFileId)> toUpload = [];
        try
        {
            return await TogetherAsync(numberId, due, toUpload, worker, cancellationToken);
        }
        catch
        {
            EndUploads(numberId, toUpload);
            throw;
        }
    }

    private async Task<BegunBatch> TogetherAsync(
        long numberId, IReadOnlyList<DueRow> due, List<(OutboxRow Row, long MediaFileId)> toUpload, Guid worker, CancellationToken cancellationToken)
    {
        // Not broken off half way: a commit whose answer is not awaited would leave rows that nobody knows to be leaving.
        await using var db = await store.OpenAsync(CancellationToken.None);
        List<DueRow> taken;
        using (await lane.EnterFirstAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            await DurableCommit.RequireAsync(db, CancellationToken.None);
            await LockSent.RunAsync(db, [.. due.Select(row => row.Row)]);
            var now = clock.GetUtcNow().UtcDateTime;
            var sendable = await FilesAsync(db, numberId, due, toUpload, worker, now);
            taken = await TakeAsync(db, await PairsAsync(db, sendable, now), worker, now);
            if (taken.Count > 0)
            {
                await MarkAsync(db, taken, now);
            }

            try
            {
                await transaction.CommitAsync(CancellationToken.None);
            }
            catch (Exception fault)
            {
                LogInDoubt(fault, taken.Count + toUpload.Count);
                EndUploads(numberId, toUpload);
                return BegunBatch.Nothing with { InDoubt = GoBack(taken, toUpload, worker) };
            }
        }

        if (taken.Count == 0)
        {
            return BegunBatch.Nothing with { ToUpload = toUpload };
        }

        return await ask.RunAsync(db, taken, numberId) with { ToUpload = toUpload };
    }

    /// <summary>The files may be begun again.</summary>
    private void EndUploads(long numberId, List<(OutboxRow Row, long MediaFileId)> toUpload) => toUpload.ForEach(row => upload.End(numberId, row.MediaFileId));

    /// <summary>Only those marked as leaving took a place in their customer's pace.</summary>
    private static List<SendResult> GoBack(List<DueRow> taken, List<(OutboxRow Row, long MediaFileId)> toUpload, Guid worker) =>
    [
        .. taken.Select(row => new SendResult.Again(row.Row, worker, TimeSpan.Zero) { Unused = true }),
        .. toUpload.Select(row => new SendResult.Again(row.Row, worker, TimeSpan.Zero)),
    ];

    /// <summary>Rows whose file is not at WhatsApp yet: one of each file is leased to upload it, the others wait a moment.</summary>
    private async Task<List<DueRow>> FilesAsync(
        WaConsoleDb db, long numberId, IReadOnlyList<DueRow> due, List<(OutboxRow Row, long MediaFileId)> toUpload, Guid worker, DateTime now)
    {
        var filesOf = due.ToDictionary(row => row.Row.Id, FilesOf);
        var missing = await upload.MissingAsync(db, numberId, [.. filesOf.Values.SelectMany(files => files).Distinct()], CancellationToken.None);
        if (missing.Count == 0)
        {
            return [.. due];
        }

        List<long> wait = [];
        foreach (var row in due)
        {
            // A row uploads one file at a time and is taken again for the next.
            var lacking = filesOf[row.Row.Id].Where(missing.Contains).ToList();
            var begun = lacking.Find(file => upload.Begin(numberId, file));
            if (begun != 0)
            {
                toUpload.Add((row.Row, begun));
            }
            else if (lacking.Count > 0)
            {
                wait.Add(row.Row.Id);
            }
        }

        var leased = toUpload.Select(row => row.Row.Id).ToArray();
        var until = now + OutboxQueue.PreparingLease;
        await db.Outbox.Where(e => leased.Contains(e.Id) && e.State == OutboxState.Waiting && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LeasedBy, worker).SetProperty(e => e.LeasedUntilUtc, until));
        await PutOffAsync(db, wait, now + AnotherUploads);
        return [.. due.Where(row => !filesOf[row.Row.Id].Any(missing.Contains))];
    }

    /// <summary>Only a carousel has files beside the message's own; the reply of no other is read for it.</summary>
    private IReadOnlyList<long> FilesOf(DueRow row)
    {
        var cards = row.ReplyJson?.Contains("\"files\":{", StringComparison.Ordinal) == true
            && ask.Read(row) is ReplyContent.Template { Values.Files: { } files } ? files.Values : [];
        return row.MediaFileId is { } own ? [own, .. cards.Where(file => file != own).Distinct()] : [.. cards.Distinct()];
    }

    /// <summary>Who may get one more now. A customer who had too many waits with everything else for them, so that it is not looked at again.</summary>
    private static async Task<List<DueRow>> PairsAsync(WaConsoleDb db, List<DueRow> due, DateTime now)
    {
        List<DueRow> free = [];
        foreach (var row in due)
        {
            if (PairPace.Wait(row.PairPaidUntil, PairPace.Moment(now)) is { Ticks: > 0 } wait)
            {
                var next = now + wait;
                await db.Outbox
                    .Where(e => e.State <= OutboxState.Sending && e.ConversationId == row.Row.ConversationId
                        && e.State == OutboxState.Waiting && e.NextAttemptAtUtc < next)
                    .ExecuteUpdateAsync(set => set.SetProperty(e => e.NextAttemptAtUtc, next));
            }
            else
            {
                free.Add(row);
            }
        }

        return free;
    }

    private static async Task<List<DueRow>> TakeAsync(WaConsoleDb db, List<DueRow> rows, Guid worker, DateTime now)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var ids = rows.Select(row => row.Row.Id).Order().ToArray();
        var until = now + OutboxQueue.SendingLease;
        var marked = await db.Outbox
            .Where(e => ids.Contains(e.Id) && e.State == OutboxState.Waiting && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now))
            .ExecuteUpdateAsync(set => set
                .SetProperty(e => e.State, OutboxState.Sending)
                .SetProperty(e => e.LeasedBy, worker)
                .SetProperty(e => e.LeasedUntilUtc, until)
                .SetProperty(e => e.Attempts, e => e.Attempts + 1));
        if (marked == rows.Count)
        {
            return Begun(rows);
        }

        var mine = await db.Outbox.Where(e => ids.Contains(e.Id) && e.LeasedBy == worker && e.State == OutboxState.Sending)
            .Select(e => e.Id).ToListAsync();
        return Begun(rows.Where(row => mine.Contains(row.Row.Id)));
    }

    private static List<DueRow> Begun(IEnumerable<DueRow> rows) => [.. rows.Select(row => row with { Row = row.Row with { Attempts = row.Row.Attempts + 1 } })];

    /// <summary>Nobody watches a single message of a broadcast leave: its row is written when the answer is there.</summary>
    private static async Task MarkAsync(WaConsoleDb db, List<DueRow> taken, DateTime now)
    {
        var messageIds = taken.Where(row => row.Row.Lane != OutboxLane.Broadcast).Select(row => row.Row.MessageId).Order().ToArray();
        if (messageIds.Length > 0)
        {
            await db.Messages.Where(m => messageIds.Contains(m.Id) && m.Status == DeliveryStatus.Queued)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Sending));
        }

        var conversationIds = taken.Select(row => row.Row.ConversationId).Order().ToArray();
        var (moment, most) = (PairPace.Moment(now), PairPace.MostPaid(now));
        await db.Conversations.Where(c => conversationIds.Contains(c.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(
                c => c.LastStatus,
                c => c.LastStatus == DeliveryStatus.Queued && messageIds.Contains(c.LastMessageId!.Value) ? DeliveryStatus.Sending : c.LastStatus)
            .SetProperty(
                c => c.PairPaidUntil,
                c => (c.PairPaidUntil > moment && c.PairPaidUntil <= most ? c.PairPaidUntil : moment) + PairPace.Interval));
    }

    private static async Task PutOffAsync(WaConsoleDb db, List<long> ids, DateTime next)
    {
        if (ids.Count > 0)
        {
            await db.Outbox.Where(e => ids.Contains(e.Id) && e.State == OutboxState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.NextAttemptAtUtc, next));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {Count} messages were marked as leaving is not known; they have not left, and go back")]
    private partial void LogInDoubt(Exception fault, int count);
}
