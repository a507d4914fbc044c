using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Sending;

/// <summary>Hands one message to WhatsApp and records what became of it. Not broken off by the program's stop, which waits for the answer.</summary>
internal sealed partial class SendReady(
    AccountDirectory directory, HandOver handOver, ActOnFailure act, RecordSendResults record, ILogger<SendReady> log)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    public async Task RunAsync(ReadyMessage ready, Flight flight, Guid worker)
    {
        NumberAccess? number;
        try
        {
            number = await directory.NumberAsync(ready.Row.NumberId, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // Nothing has left: it must not become unknown because the database was away.
            LogNoNumber(fault, ready.Row.MessageId);
            await record.RunAsync(new SendResult.Again(ready.Row, worker, AfterFault) { Unused = true });
            return;
        }

        if (number is null)
        {
            await record.RunAsync(new SendResult.Again(ready.Row, worker, TimeSpan.FromMinutes(1)) { Unused = true });
            return;
        }

        try
        {
            var accepted = await handOver.SendAsync(ready.Permit, ready.ClientKey, number, ready.Message, CancellationToken.None);
            flight.Land(answered: accepted is not null);
            act.Forget(ready.Row.Id);
            await record.RunAsync(accepted is null
                ? new SendResult.Again(ready.Row, worker, TimeSpan.Zero) { Unused = true }
                : new SendResult.Accepted(
                    ready.Row, worker, accepted.Wamid, accepted.MessageStatus is "held_for_quality_assessment" or "paused"));
        }
        catch (CloudApiException failure)
        {
            flight.Land(answered: false);
            await act.RunAsync(ready.Row, worker, number, failure);
        }
        catch (ArgumentException cause)
        {
            LogCannotBeBuilt(cause, ready.Row.MessageId);
            await record.RunAsync(new SendResult.NotSent(ready.Row, worker, Texts.Sending.Keep("CannotBeBuilt")) { Unused = true });
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The number of message {Message} could not be read; it is sent later")]
    private partial void LogNoNumber(Exception fault, long message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} could not be put together")]
    private partial void LogCannotBeBuilt(Exception cause, long message);
}
