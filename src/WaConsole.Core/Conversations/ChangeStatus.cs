using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Opens, sets pending, snoozes (with a time; a new customer message always reopens) or resolves, and leaves an activity line.</summary>
public sealed class ChangeStatus(Store store, LiveUpdates live, TimeProvider clock)
{
    /// <returns>False when there is no such conversation the caller may see.</returns>
    public Task<bool> RunAsync(
        Caller caller, long conversationId, ConversationStatus status, DateTime? snoozedUntilUtc, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
