using WaConsole.Core.Conversations;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// What somebody else answered since this answer was begun: it waits once, for the person to read theirs. One for each thing that is
/// being written.
/// </summary>
public sealed class AnswerMeanwhile(ReadLastAnswer answers)
{
    /// <summary>An answer older than this was on the screen long enough to be read.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(2);

    private long _seen;

    /// <summary>Whoever begins to write has read what stands there.</summary>
    public async Task BeginAsync(Caller caller, long conversationId, CancellationToken cancellationToken) =>
        _seen = (await answers.RunAsync(caller, conversationId, cancellationToken))?.MessageId ?? 0;

    /// <returns>The answer to be read first; null when this one may go.</returns>
    public async Task<LastAnswer?> AskAsync(Caller caller, long conversationId)
    {
        var answer = await answers.RunAsync(caller, conversationId, CancellationToken.None);
        var isFirst = answer is { ByHand: true } && answer.Age < JustNow && answer.MessageId > _seen
            && (answer.AuthorId is null || answer.AuthorId != caller.AgentId);
        _seen = Math.Max(_seen, answer?.MessageId ?? 0);
        return isFirst ? answer : null;
    }
}
