using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Shows the customer that somebody is typing, when the number allows it. It marks the chat read as well (Meta, Typing indicators), lasts 25 s,
/// and is best effort: a failure is logged and not shown. At most once per 20 s and conversation reach WhatsApp.
/// </summary>
public sealed class ShowTyping(Store store, TimeProvider clock)
{
    public Task RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
