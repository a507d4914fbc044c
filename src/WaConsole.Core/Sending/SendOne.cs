using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

/// <summary>One leased row, from preparing to its result.</summary>
internal sealed partial class SendOne(
    Store store, WriterLane lane, SendGate gate, AccountDirectory directory, UploadForSending upload, HandOver handOver, RecordSendResult record,
    OutboxQueue queue, SendPace pace, SyncTemplates templates, TimeProvider clock, ILogger<SendOne> log)
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    /// <summary>Rows whose template was read again after WhatsApp did not know it. After a restart that may happen once more.</summary>
    private readonly ConcurrentDictionary<long, byte> _synced = new();

    public async Task RunAsync(OutboxEntry entry, Guid worker, CancellationToken stoppingToken)
    {
        if (await directory.NumberAsync(entry.NumberId, stoppingToken) is not { } number)
        {
            await queue.ReleaseAsync(entry.Id, worker, TimeSpan.FromMinutes(1), CancellationToken.None);
            return;
        }

        if (await PrepareAsync(entry, worker, number, stoppingToken) is { } ready)
        {
            await SendAsync(entry, worker, number, ready);
        }
    }

    /// <summary>Everything before the first byte of the message: the stop of the program ends it, and no fault of it loses the message.</summary>
    private async Task<Begun.Ready?> PrepareAsync(OutboxEntry entry, Guid worker, NumberAccess number, CancellationToken stoppingToken)
    {
        try
        {
            var mediaId = await UploadAsync(entry, worker, number, stoppingToken);
            stoppingToken.ThrowIfCancellationRequested();
            var begun = await BeginAsync(entry, worker, mediaId);
            if (begun is Begun.Refused refused)
            {
                await RefusedAsync(entry, worker, refused.Why);
            }

            return begun as Begun.Ready;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await queue.ReleaseAsync(entry.Id, worker, TimeSpan.Zero, CancellationToken.None);
        }
        catch (CloudApiException failure)
        {
            await UploadFailedAsync(entry, worker, number, failure);
        }
        catch (Exception cause) when (CannotBeBuilt(cause))
        {
            LogCannotBeBuilt(cause, entry.MessageId);
            await record.FailedAsync(entry, worker, Texts.Sending.Of("CannotBeBuilt"), CancellationToken.None);
        }

        return null;
    }

    /// <summary>Npgsql wraps what will pass (a restart, a deadlock) in InvalidOperationException; the message is not to blame for that.</summary>
    internal static bool CannotBeBuilt(Exception cause) => !cause.IsOfStore
        && cause is ArgumentException or FormatException or JsonException or (InvalidOperationException and not ObjectDisposedException);

    /// <returns>Null when the message has no file, or the file is there no more: the gate says so then.</returns>
    private async Task<string?> UploadAsync(OutboxEntry entry, Guid worker, NumberAccess number, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        var mediaFileId = await db.Messages.Where(m => m.Id == entry.MessageId).Select(m => m.MediaFileId).SingleAsync(stoppingToken);
        if (mediaFileId is not { } fileId)
        {
            return null;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewing = RenewAsync(entry, worker, lost);
        try
        {
            return await upload.RunAsync(number, fileId, lost.Token);
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(OutboxEntry entry, Guid worker, CancellationTokenSource lost)
    {
        try
        {
            using var timer = new PeriodicTimer(RenewEvery, clock);
            while (await timer.WaitForNextTickAsync(lost.Token))
            {
                if (!await queue.RenewAsync(entry.Id, worker, lost.Token))
                {
                    await lost.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The upload ended, the program stops, or the row went to somebody else: the upload hears it from the same token.
        }
    }

    /// <summary>
    /// Asks the gate and marks the row as leaving, in one transaction: from its commit on a crash leaves the outcome unknown.
    /// </summary>
    private async Task<Begun> BeginAsync(OutboxEntry entry, Guid worker, string? mediaId)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        using var place = await lane.EnterAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var lease = clock.GetUtcNow().UtcDateTime + OutboxQueue.SendingLease;
        var mine = await db.Outbox
            .Where(e => e.Id == entry.Id && e.LeasedBy == worker && e.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(e => e.State, OutboxState.Sending)
                .SetProperty(e => e.LeasedUntilUtc, lease)
                .SetProperty(e => e.Attempts, e => e.Attempts + 1));
        if (mine == 0)
        {
            return new Begun.Lost();
        }

        var message = await MessageRow.ChangeAsync(
            db,
            entry.MessageId,
            m => m.Status = m.Status == DeliveryStatus.Queued ? DeliveryStatus.Sending : m.Status,
            CancellationToken.None);
        var conversation = await db.Conversations.Include(c => c.Contact).SingleAsync(c => c.Id == entry.ConversationId);
        if (ReplyJson.Read(message.ReplyJson) is not { } content)
        {
            await transaction.CommitAsync();
            return new Begun.Refused(new Refusal("not_repeatable", Texts.Sending.Of("CannotBeBuilt")));
        }

        var answer = await gate.AskToSendAsync(db, conversation, message.ClientKey!.Value, content, CancellationToken.None);
        if (answer is GateAnswer.Granted granted && (granted.Media is null || mediaId is not null))
        {
            var outbound = BuildMessage.Run(conversation.Contact, content, granted.Template, granted.Media, mediaId, message.ReplyToWamid);
            await transaction.CommitAsync();
            return new Begun.Ready(granted.Permit, message.ClientKey.Value, outbound, entry.Attempts + 1);
        }

        await transaction.CommitAsync();
        return new Begun.Refused(
            answer is GateAnswer.Refused refused ? refused.Why : new Refusal("media_not_found", Texts.Sending.Of("MediaUploadFailed")));
    }

    /// <summary>A stopped number keeps its messages; anything else goes back to the person with its sentence.</summary>
    private Task RefusedAsync(OutboxEntry entry, Guid worker, Refusal why)
    {
        if (why.Code == "number_stopped")
        {
            return record.AgainAsync(entry, worker, TimeSpan.Zero, CancellationToken.None);
        }

        _synced.TryRemove(entry.Id, out _);
        return record.FailedAsync(entry, worker, why.Sentence, CancellationToken.None);
    }

    /// <summary>Not broken off by the program's stop, which waits for the answer.</summary>
    private async Task SendAsync(OutboxEntry entry, Guid worker, NumberAccess number, Begun.Ready ready)
    {
        SendAccepted accepted;
        try
        {
            accepted = await handOver.SendAsync(ready.Permit, ready.ClientKey, number, ready.Message, CancellationToken.None);
        }
        catch (CloudApiException failure)
        {
            var verdict = RetryPlan.After(failure, ready.Attempt, Dice());
            await Insist.OnAsync(() => ActAsync(entry, worker, number, failure, verdict), clock);
            return;
        }
        catch (ArgumentException cause)
        {
            LogCannotBeBuilt(cause, entry.MessageId);
            await record.FailedAsync(entry, worker, Texts.Sending.Of("CannotBeBuilt"), CancellationToken.None);
            return;
        }

        _synced.TryRemove(entry.Id, out _);
        await Insist.OnAsync(() => record.AcceptedAsync(entry, accepted, CancellationToken.None), clock);
    }

    /// <summary>Nothing of the message has left when its file could not be uploaded, whatever the answer was.</summary>
    private async Task UploadFailedAsync(OutboxEntry entry, Guid worker, NumberAccess number, CloudApiException failure)
    {
        var notSent = new CloudApiException(failure.Fault, failure.Error, SendFate.NotSent, failure.RetryAfter, failure);
        var verdict = RetryPlan.After(notSent, entry.Attempts + 1, Dice());
        if (verdict is SendVerdict.GiveUp && failure.Error.HttpStatus >= 500)
        {
            verdict = new SendVerdict.Again(TimeSpan.FromSeconds(10), HoldNumber: false);
        }

        await Insist.OnAsync(() => ActAsync(entry, worker, number, notSent, verdict), clock);
    }

    private async Task ActAsync(OutboxEntry entry, Guid worker, NumberAccess number, CloudApiException failure, SendVerdict verdict)
    {
        switch (verdict)
        {
            case SendVerdict.Again again:
                LogAgain(entry.MessageId, failure.Error.Code, failure.Fault, again.Wait.TotalSeconds);
                if (again.HoldNumber)
                {
                    pace.Hold(entry.NumberId, again.Wait);
                }

                await record.AgainAsync(entry, worker, again.Wait, CancellationToken.None);
                break;
            case SendVerdict.SyncTemplates when _synced.TryAdd(entry.Id, 0):
                await SyncAsync(number);
                await record.AgainAsync(entry, worker, TimeSpan.Zero, CancellationToken.None);
                break;
            case SendVerdict.Stop stopped:
                await record.StoppedAsync(entry, worker, number, stopped, CancellationToken.None);
                break;
            case SendVerdict.Unknown:
                _synced.TryRemove(entry.Id, out _);
                await record.UnknownAsync(entry, worker, failure.Fault, CancellationToken.None);
                break;
            default:
                _synced.TryRemove(entry.Id, out _);
                await record.FailedAsync(entry, worker, failure.Error, CancellationToken.None);
                break;
        }
    }

    private async Task SyncAsync(NumberAccess number)
    {
        try
        {
            await templates.ApplyAsync(number.Account, CancellationToken.None);
        }
        catch (CloudApiException failure)
        {
            LogSyncFailed(number.Account.Id, failure.Error.Code, failure.Fault);
        }
    }

#pragma warning disable CA5394 // Spreads retries; nobody gains by guessing it.
    private static double Dice() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {Message} not sent yet: code {Code}, {Fault}; again in {Seconds} s")]
    private partial void LogAgain(long message, int code, CloudApiFault fault, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of account {Account} could not be read: code {Code}, {Fault}")]
    private partial void LogSyncFailed(long account, int code, CloudApiFault fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} could not be put together")]
    private partial void LogCannotBeBuilt(Exception cause, long message);

    private abstract record Begun
    {
        private Begun()
        {
        }

        public sealed record Ready(SendGate.SendPermit Permit, Guid ClientKey, OutboundMessage Message, int Attempt) : Begun;

        public sealed record Refused(Refusal Why) : Begun;

        /// <summary>Somebody else has the row now.</summary>
        public sealed record Lost : Begun;
    }
}
