using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Clears or sets the unread mark for the team. Whether the customer sees blue ticks follows the number's read receipt policy
/// (WhenOpening sends them here; WhenReplying when a reply is accepted).
/// </summary>
public sealed class MarkConversationRead(Store store, LiveUpdates live)
{
    public Task RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public Task MarkUnreadAsync(Caller caller, long conversationId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
