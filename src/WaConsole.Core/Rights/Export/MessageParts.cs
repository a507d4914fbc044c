using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Rights.Export;

/// <summary>What was written both ways, and what became of each message. Whatever hangs on messages names them as the part "messages" does.</summary>
internal static class MessageParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> MessagesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var thread in person.Threads)
        {
            var messages = InPages.RowsAsync(
                last => person.Db.Messages.Include(m => m.MediaFile).Where(m => m.ConversationId == thread && m.Id > last).OrderBy(m => m.Id),
                message => message.Id,
                cancellationToken);
            await foreach (var message in messages)
            {
                yield return [.. What(person, message), .. Became(message)];
            }
        }
    }

    private static IReadOnlyList<PersonFact> What(ExportedPerson person, Message message) => Facts.Of(
        ("message", message.Id),
        ("conversation", message.ConversationId),
        ("number", person.Number(message.NumberId)),
        ("wamid", message.Wamid),
        ("at", message.SentAtUtc),
        ("recorded", message.CreatedAtUtc),
        ("direction", message.Direction),
        ("kind", message.Kind),
        ("by", Author.Name(message.Direction, message.AuthorId, message.AuthorName)),
        ("text", message.Text),
        ("template", message.TemplateName),
        ("language", message.TemplateLanguage),
        ("file", message.MediaFile?.FileName),
        ("content", message.ContentJson),
        ("request", message.ReplyJson),
        ("raw", message.RawJson),
        ("repliesTo", message.ReplyToMessageId),
        ("repliesToWamid", message.ReplyToWamid),
        ("forwarded", message.Forwarded));

    private static IReadOnlyList<PersonFact> Became(Message message) => Facts.Of(
        ("status", message.Status),
        ("statusAt", message.StatusAtUtc),
        ("errorCode", message.ErrorCode),
        ("error", KeptText.Read(message.ErrorTitle)),
        ("errorDetails", KeptText.Read(message.ErrorDetails)),
        ("edited", message.EditedAtUtc),
        ("deleted", message.DeletedAtUtc),
        ("pricingCategory", message.PricingCategory),
        ("pricingType", message.PricingType),
        ("estimate", Facts.Money(message.EstimateMicros)),
        ("estimateCurrency", message.EstimateCurrency),
        ("market", message.EstimateMarket),
        ("free", message.EstimateFree),
        ("charge", Facts.Money(message.ChargeMicros)),
        ("chargeCurrency", message.ChargeCurrency));

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> StatusesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in IdsAsync(person, cancellationToken))
        {
            foreach (var fact in await person.Db.MessageStatusFacts.Where(f => some.Contains(f.MessageId)).OrderBy(f => f.Id).ToListAsync(cancellationToken))
            {
                yield return Facts.Of(
                    ("message", fact.MessageId),
                    ("wamid", fact.Wamid),
                    ("at", fact.AtUtc),
                    ("status", fact.Status),
                    ("errorCode", fact.ErrorCode),
                    ("raw", fact.RawJson));
            }
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> ReactionsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in IdsAsync(person, cancellationToken))
        {
            foreach (var reaction in await person.Db.Reactions.Where(r => some.Contains(r.MessageId)).OrderBy(r => r.Id).ToListAsync(cancellationToken))
            {
                yield return Facts.Of(
                    ("message", reaction.MessageId),
                    ("at", reaction.AtUtc),
                    ("direction", reaction.FromCustomer ? MessageDirection.Inbound : MessageDirection.Outbound),
                    ("emoji", reaction.Emoji));
            }
        }
    }

    /// <summary>What looked like a wish to stop, and what a colleague made of it.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> StopReviewsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in IdsAsync(person, cancellationToken))
        {
            foreach (var review in await person.Db.StopReviews.Where(r => some.Contains(r.MessageId)).OrderBy(r => r.MessageId).ToListAsync(cancellationToken))
            {
                yield return Facts.Of(
                    ("message", review.MessageId),
                    ("at", review.HeardAtUtc),
                    ("decision", review.Decision),
                    ("decided", review.DecidedAtUtc),
                    ("by", review.DecidedBy));
            }
        }
    }

    /// <summary>When a message was queued, and when it is tried again.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> OutboxAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in IdsAsync(person, cancellationToken))
        {
            foreach (var entry in await person.Db.Outbox.Where(e => some.Contains(e.MessageId)).OrderBy(e => e.Id).ToListAsync(cancellationToken))
            {
                yield return Facts.Of(
                    ("message", entry.MessageId),
                    ("at", entry.CreatedAtUtc),
                    ("lane", entry.Lane),
                    ("status", entry.State),
                    ("attempts", entry.Attempts),
                    ("next", entry.NextAttemptAtUtc),
                    ("until", entry.DeadlineAtUtc));
            }
        }
    }

    /// <summary>A page of messages' ids at a time, read from an index alone; on each hangs little.</summary>
    private static async IAsyncEnumerable<long[]> IdsAsync(ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var thread in person.Threads)
        {
            var pages = InPages.PagesAsync(
                last => person.Db.Messages.Where(m => m.ConversationId == thread && m.Id > last).OrderBy(m => m.Id).Select(m => m.Id), id => id, cancellationToken);
            await foreach (var page in pages)
            {
                yield return [.. page];
            }
        }
    }
}
