using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Somebody of the team who is told about notes in a conversation.</summary>
internal sealed class Participant
{
    public long ConversationId { get; set; }

    public long AgentId { get; set; }

    public DateTime SinceUtc { get; set; }
}

/// <summary>Joins people inside the caller's transaction, which holds the conversation's lock.</summary>
internal static class Participants
{
    public static async Task JoinAsync(
        WaConsoleDb db, long conversationId, IEnumerable<long> people, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var there = await db.Participants.Where(p => p.ConversationId == conversationId).Select(p => p.AgentId).ToListAsync(cancellationToken);
        db.Participants.AddRange(people.Distinct().Except(there)
            .Select(person => new Participant { ConversationId = conversationId, AgentId = person, SinceUtc = nowUtc }));
    }
}
