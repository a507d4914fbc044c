using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Reads a conversation for a change, inside the caller's transaction: two who change it come one after the other.</summary>
internal static class LockConversation
{
    /// <returns>Null when there is none the caller may see.</returns>
    public static async Task<Conversation?> RunAsync(WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        var conversation = await HeldConversation.ReadAsync(db, conversationId, cancellationToken);
        return conversation is not null && caller.MaySeeNumber(conversation.NumberId) ? conversation : null;
    }
}
