using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public abstract record AssignOutcome
{
    private AssignOutcome()
    {
    }

    public sealed record Done : AssignOutcome;

    public sealed record NoSuchConversation : AssignOutcome;

    /// <summary>The person is unknown, disabled, or may not see this number.</summary>
    public sealed record NotPossible(string Sentence) : AssignOutcome;
}

/// <summary>Gives a conversation to a person, or to nobody, and leaves an activity line.</summary>
public sealed class AssignConversation(Store store, LiveUpdates live, TimeProvider clock)
{
    public Task<AssignOutcome> RunAsync(Caller caller, long conversationId, long? assigneeId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
