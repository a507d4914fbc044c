using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Numbers;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

/// <summary>Does what the retry plan says about a call that failed.</summary>
internal sealed partial class ActOnFailure(
    SendPace pace, PaceLease lease, AccountDirectory directory, RecordSendResults record, StopSending stop, SyncTemplates templates,
    ILogger<ActOnFailure> log)
{
    /// <summary>A file's host that fails is tried again even where a message's would be given up.</summary>
    private static readonly TimeSpan AfterServerFault = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often each row was refused or did not get through, for its next wait. The tries of the row itself count as well how often it was
    /// looked at while its number, its portfolio or the time of day stood against it.
    /// </summary>
    private readonly ConcurrentDictionary<long, int> _failures = new();

    /// <summary>Rows whose template was read again after WhatsApp did not know it. After a restart that may happen once more.</summary>
    private readonly ConcurrentDictionary<long, byte> _synced = new();

    public async Task RunAsync(OutboxRow row, Guid worker, NumberAccess number, CloudApiException failure)
    {
        switch (RetryPlan.After(failure, _failures.AddOrUpdate(row.Id, 1, (_, before) => before + 1), Dice()))
        {
            case SendVerdict.Again again:
                LogAgain(row.MessageId, failure.Error.Code, failure.Fault, again.Wait.TotalSeconds);
                await HoldAsync(number, again, isQueued: true);
                await record.RunAsync(new SendResult.Again(row, worker, again.Wait));
                break;
            case SendVerdict.SyncTemplates when _synced.TryAdd(row.Id, 0):
                await SyncAsync(number);
                await record.RunAsync(new SendResult.Again(row, worker, TimeSpan.Zero));
                break;
            case SendVerdict.Stop stopped:
                await record.RunAsync(new SendResult.Again(row, worker, await StopAsync(number, stopped) ? TimeSpan.Zero : AfterServerFault));
                break;
            case SendVerdict.Unknown:
                Forget(row.Id);
                LogLost(row.MessageId, failure.Fault);
                await record.RunAsync(new SendResult.Unknown(row, worker));
                break;
            case SendVerdict.GiveUp when failure.Fate == SendFate.NotSent && failure.Error.HttpStatus >= 500:
                await record.RunAsync(new SendResult.Again(row, worker, AfterServerFault));
                break;
            default:
                Forget(row.Id);
                await record.RunAsync(new SendResult.Failed(row, worker, failure.Error));
                break;
        }
    }

    /// <summary>Of something that waits in no queue: what WhatsApp says about the number's pace holds for all it sends, from whichever node.</summary>
    public Task HoldAsync(NumberAccess number, CloudApiException failure) =>
        RetryPlan.After(failure, 1, Dice()) is SendVerdict.Again again ? HoldAsync(number, again, isQueued: false) : Task.CompletedTask;

    public void Forget(long entryId)
    {
        _synced.TryRemove(entryId, out _);
        _failures.TryRemove(entryId, out _);
    }

    /// <param name="isQueued">Who sends the queue of the number tells the others itself that it is held.</param>
    private async Task HoldAsync(NumberAccess number, SendVerdict.Again again, bool isQueued)
    {
        if (again.Holds == HoldReach.Message)
        {
            return;
        }

        pace.Hold(number.Id, again.Wait);
        if (again.Holds == HoldReach.Number && isQueued)
        {
            return;
        }

        try
        {
            IReadOnlyCollection<long> held = again.Holds == HoldReach.Number
                ? [number.Id]
                : [.. (await directory.NumbersAsync(CancellationToken.None)).Where(other => other.Account.Id == number.Account.Id).Select(other => other.Id)];
            foreach (var other in held)
            {
                pace.Hold(other, again.Wait);
            }

            await lease.TellHeldAsync(held, again.Wait, CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogNotHeld(fault, number.Account.Id);
        }
    }

    /// <returns>False when the stop could not be written: WhatsApp refuses the next message too, and it is tried again then. What is known of this one stays known.</returns>
    private async Task<bool> StopAsync(NumberAccess number, SendVerdict.Stop stopped)
    {
        try
        {
            await stop.ApplyAsync(number, stopped.Scope, stopped.Code, CancellationToken.None);
            return true;
        }
        catch (Exception fault)
        {
            LogNotStopped(fault, number.Account.Id, number.Id, stopped.Code);
            return false;
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
        catch (Exception fault)
        {
            LogNotSynced(fault, number.Account.Id);
        }
    }

#pragma warning disable CA5394 // Spreads retries; nobody gains by guessing it.
    private static double Dice() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {Message} not sent yet: code {Code}, {Fault}; again in {Seconds} s")]
    private partial void LogAgain(long message, int code, CloudApiFault fault, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message}: answer lost ({Fault})")]
    private partial void LogLost(long message, CloudApiFault fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of account {Account} could not be read: code {Code}, {Fault}")]
    private partial void LogSyncFailed(long account, int code, CloudApiFault fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Not every number of account {Account} could be told to wait")]
    private partial void LogNotHeld(Exception fault, long account);

    [LoggerMessage(Level = LogLevel.Error, Message = "Templates of account {Account} could not be stored")]
    private partial void LogNotSynced(Exception fault, long account);

    [LoggerMessage(Level = LogLevel.Error, Message = "The stop of sending (account {Account}, number {Number}, code {Code}) could not be stored")]
    private partial void LogNotStopped(Exception fault, long account, long number, int code);
}
