using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// A person sends a failed message again, or an unknown one after <see cref="UnknownWait"/> (a duplicate is then possible and the person was told).
/// The gate is asked again. The new try is a new message with its own client key; the old one keeps its history.
/// </summary>
public sealed class SendAgain(Store store, SendReply reply, LiveUpdates live, TimeProvider clock)
{
    public static readonly TimeSpan UnknownWait = TimeSpan.FromMinutes(5);

    public Task<SendReplyOutcome> RunAsync(Caller caller, long messageId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
