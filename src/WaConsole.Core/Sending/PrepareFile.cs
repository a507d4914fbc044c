using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Sending;

/// <summary>
/// Uploads the file of a leased row and gives the row back, so that it is taken again with its file at WhatsApp. Nothing of the message
/// leaves meanwhile: the stop of the program ends it, and no fault of it loses the message.
/// </summary>
internal sealed partial class PrepareFile(
    AccountDirectory directory, UploadForSending upload, OutboxQueue queue, ActOnFailure act, RecordSendResults record, TimeProvider clock,
    ILogger<PrepareFile> log)
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    /// <summary>Whatever happens, the file may be begun again: a mark that stayed would put off every message with it until its deadline.</summary>
    public async Task RunAsync(OutboxRow row, long mediaFileId, Guid worker, CancellationToken stoppingToken)
    {
        try
        {
            await TryAsync(row, mediaFileId, worker, stoppingToken);
        }
        catch (Exception fault)
        {
            LogFault(fault, row.MessageId);
            await queue.ReleaseAsync(row.Id, worker, AfterFault, CancellationToken.None);
        }
        finally
        {
            upload.End(row.NumberId, mediaFileId);
        }
    }

    private async Task TryAsync(OutboxRow row, long mediaFileId, Guid worker, CancellationToken stoppingToken)
    {
        if (await directory.NumberAsync(row.NumberId, stoppingToken) is not { } number)
        {
            await queue.ReleaseAsync(row.Id, worker, TimeSpan.FromMinutes(1), CancellationToken.None);
            return;
        }

        try
        {
            if (await UploadAsync(row, number, mediaFileId, worker, stoppingToken))
            {
                await queue.ReleaseAsync(row.Id, worker, TimeSpan.Zero, CancellationToken.None);
            }
            else
            {
                await record.RunAsync(new SendResult.NotSent(row, worker, Texts.Sending.Keep("MediaUploadFailed")));
            }
        }
        catch (OperationCanceledException)
        {
            await queue.ReleaseAsync(row.Id, worker, TimeSpan.Zero, CancellationToken.None);
        }
        catch (CloudApiException failure)
        {
            // Nothing of the message has left when its file could not be uploaded, whatever the answer was.
            var notSent = new CloudApiException(failure.Fault, failure.Error, SendFate.NotSent, failure.RetryAfter, failure);
            await act.RunAsync(row with { Attempts = row.Attempts + 1 }, worker, number, notSent);
        }
    }

    private async Task<bool> UploadAsync(OutboxRow row, NumberAccess number, long mediaFileId, Guid worker, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewing = RenewAsync(row, worker, lost);
        try
        {
            return await upload.RunAsync(number, mediaFileId, lost.Token);
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(OutboxRow row, Guid worker, CancellationTokenSource lost)
    {
        try
        {
            using var timer = new PeriodicTimer(RenewEvery, clock);
            while (await timer.NextAsync(lost.Token))
            {
                if (!await queue.RenewAsync(row.Id, worker, lost.Token))
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of message {Message} could not be uploaded")]
    private partial void LogFault(Exception fault, long message);
}
