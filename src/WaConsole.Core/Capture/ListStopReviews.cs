using Microsoft.EntityFrameworkCore;
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

    public async Task<StopReviewPage> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var own = caller.Numbers?.ToList();
        var waiting = from review in db.StopReviews
                      where review.Decision == null
                      join message in db.Messages on review.MessageId equals message.Id
                      where own == null || own.Contains(message.NumberId)
                      select new { Review = review, Message = message };
        var lines = await (from row in waiting
                           join conversation in db.Conversations on row.Message.ConversationId equals conversation.Id
                           join contact in db.Contacts on conversation.ContactId equals contact.Id
                           orderby row.Review.MessageId
                           select new StopReviewLine(
                               row.Message.Id, contact.Id, contact.GivenName ?? contact.ProfileName, contact.Phone, conversation.Id, row.Message.NumberId,
                               row.Message.Text, row.Message.SentAtUtc, contact.OptedOutAtUtc != null))
            .AsNoTracking().Take(AtMost).ToListAsync(cancellationToken);
        return new StopReviewPage(lines, lines.Count < AtMost ? lines.Count : await waiting.CountAsync(cancellationToken));
    }
}
