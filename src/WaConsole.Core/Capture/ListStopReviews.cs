using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

/// <summary>A message that looks like a wish to stop. <see cref="IsStopped"/>: the customer has stopped marketing meanwhile.</summary>
public sealed record StopReviewLine(
    long MessageId, long ContactId, string Name, string? Phone, long ConversationId, long NumberId, string Text, DateTime SentAtUtc, bool IsStopped);

/// <summary><see cref="Waiting"/>: how many there are in all.</summary>
public sealed record StopReviewPage(IReadOnlyList<StopReviewLine> Lines, int Waiting);

/// <summary>Messages that somebody must look at, the longest waiting first, of the numbers the caller may see.</summary>
public sealed class ListStopReviews(Store store)
{
    public const int AtMost = 100;

    /// <summary>How many wait.</summary>
    public async Task<int> CountAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        return await Waiting(db, caller).CountAsync(cancellationToken);
    }

    public async Task<StopReviewPage> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var waiting = Waiting(db, caller);
        var lines = await (from message in waiting
                           join conversation in db.Conversations on message.ConversationId equals conversation.Id
                           join contact in db.Contacts on conversation.ContactId equals contact.Id
                           orderby message.Id
                           select new StopReviewLine(
                               message.Id, contact.Id, contact.GivenName ?? contact.ProfileName, contact.Phone, conversation.Id, message.NumberId,
                               message.Text, message.SentAtUtc, contact.OptedOutAtUtc != null))
            .AsNoTracking().Take(AtMost).ToListAsync(cancellationToken);
        return new StopReviewPage(lines, lines.Count < AtMost ? lines.Count : await waiting.CountAsync(cancellationToken));
    }

    private static IQueryable<Message> Waiting(WaConsoleDb db, Caller caller)
    {
        var own = caller.Numbers?.ToList();
        return from review in db.StopReviews
               where review.Decision == null
               join message in db.Messages on review.MessageId equals message.Id
               where own == null || own.Contains(message.NumberId)
               select message;
    }
}
