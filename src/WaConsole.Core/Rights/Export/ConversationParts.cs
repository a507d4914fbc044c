using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Rights.Export;

/// <summary>The person's conversations, one with each number of the business.</summary>
internal static class ConversationParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> ConversationsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var threads = InPages.RowsAsync(
            last => from thread in person.Db.Conversations
                    where person.Threads.Contains(thread.Id) && thread.Id > last
                    orderby thread.Id
                    select new { Thread = thread, Away = person.Db.AwayAnswers.Where(a => a.ConversationId == thread.Id).Select(a => a.AnsweredAtUtc).FirstOrDefault() },
            row => row.Thread.Id,
            cancellationToken);
        await foreach (var row in threads)
        {
            var thread = row.Thread;
            yield return Facts.Of(
                ("conversation", thread.Id),
                ("number", person.Number(thread.NumberId)),
                ("since", thread.CreatedAtUtc),
                ("lastSeen", thread.LastActivityAtUtc),
                ("status", thread.Status),
                ("snoozedUntil", thread.SnoozedUntilUtc),
                ("assignee", person.Agent(thread.AssigneeId)),
                ("unread", thread.UnreadCount),
                ("waitingSince", thread.WaitingSinceUtc),
                ("windowOpened", thread.WindowOpenedAtUtc),
                ("windowUntil", thread.WindowExpiresAtUtc),
                ("closingTold", thread.ClosingToldAtUtc),
                ("awayAnswered", row.Away),
                ("entryPointUntil", thread.EntryPointExpiresAtUtc),
                ("referral", thread.ReferralJson),
                ("ownedElsewhere", thread.OwnedElsewhere),
                ("unanswered", thread.UnansweredCount),
                ("unansweredSince", thread.UnansweredSinceUtc));
        }
    }
}
