using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Pricing;
using WaConsole.Core.Rights.Export;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

/// <summary>
/// Everything that is known of one person, row by row, for the person (GDPR articles 15 and 20), but for what <see cref="NotExported"/>
/// names with its reason. On record before the first row leaves.
/// </summary>
public sealed class ExportPerson
{
    private static readonly IReadOnlyList<(string Name, Func<ExportedPerson, CancellationToken, IAsyncEnumerable<IReadOnlyList<PersonFact>>> Read)> All =
    [
        ("contact", ContactParts.ContactAsync),
        ("merged", ContactParts.MergedAsync),
        ("identifiers", (person, _) => ContactParts.Identifiers(person).ToAsyncEnumerable()),
        ("merges", ContactParts.MergesAsync),
        ("blocks", ContactParts.BlocksAsync),
        ("testers", (person, _) => ContactParts.Testers(person).ToAsyncEnumerable()),
        ("fields", ContactBookParts.FieldsAsync),
        ("labels", ContactBookParts.LabelsAsync),
        ("notes", ContactBookParts.NotesAsync),
        ("standing", ConsentParts.StandingAsync),
        ("consent", ConsentParts.EntriesAsync),
        ("proofs", ConsentParts.ProofsAsync),
        ("suppression", ConsentParts.SuppressionAsync),
        ("conversations", ConversationParts.ConversationsAsync),
        ("messages", MessageParts.MessagesAsync),
        ("statuses", MessageParts.StatusesAsync),
        ("reactions", MessageParts.ReactionsAsync),
        ("stopReviews", MessageParts.StopReviewsAsync),
        ("outbox", MessageParts.OutboxAsync),
        ("files", FileParts.FilesAsync),
        ("drafts", TeamParts.DraftsAsync),
        ("colleagues", TeamParts.ColleaguesAsync),
        ("notifications", TeamParts.NotificationsAsync),
        ("notices", SendingParts.NoticesAsync),
        ("reach", SendingParts.ReachAsync),
        ("setAside", SetAsideParts.ItemsAsync),
        ("audit", SendingParts.AuditAsync),
    ];

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal ExportPerson(Store store, WriterLane lane, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _lane, _secrets, _clock) = (store, lane, secrets, clock);
    }

    /// <summary>The parts, in the order in which their rows come.</summary>
    public static IReadOnlyList<string> Parts { get; } = [.. All.Select(part => part.Name)];

    /// <summary>Every name a fact may have.</summary>
    public static IReadOnlyList<string> FactNames { get; } =
    [
        "account", "action", "address", "again", "answers", "assignee", "at", "attempts", "awayAnswered", "basis", "before", "blocked", "browser",
        "business", "by", "bytes", "channel", "charge", "chargeCurrency", "claimedKind", "closingTold", "colleague", "complete", "content",
        "conversation", "country", "decided", "decision", "deed", "deleted", "detail", "direction", "duration", "edited", "emoji", "entry",
        "entryPointUntil", "error", "errorCode", "errorDetails", "estimate", "estimateCurrency", "everything", "evidence", "file", "fileHash", "form",
        "forwarded", "free", "hash", "height", "identityChanged", "kind", "label", "lane", "language", "lastSeen", "law", "market", "marketing",
        "mediaId", "message", "name", "next", "note", "number", "optedOut", "optedOutReason", "ownedElsewhere", "page", "phone", "portfolio",
        "pricingCategory", "pricingType", "privacyVersion", "profileName", "purpose", "question", "raw", "read", "reason", "recorded", "referral", "repliesTo",
        "repliesToWamid", "request", "scope", "since", "snoozedUntil", "source", "status", "statusAt", "template", "text", "unanswered",
        "unansweredSince", "undone", "undoneBy", "unread", "until", "uploaded", "userId", "userIds", "username", "value", "version", "voice",
        "waitingSince", "wamid", "width", "windowOpened", "windowUntil", "wording", "words", "zone",
    ];

    /// <summary>What a value may be one of. The words for each are beside the screens.</summary>
    public static IReadOnlyList<Type> Codes { get; } =
    [
        typeof(ConsentAction), typeof(ConsentDeed), typeof(ConsentPurpose), typeof(ConsentSource), typeof(ConversationStatus), typeof(DeliveryStatus),
        typeof(FreeBecause), typeof(IdentifierKind), typeof(LawfulBasis), typeof(MediaState), typeof(MessageDirection), typeof(MessageKind),
        typeof(NotificationKind), typeof(OutboxLane), typeof(OutboxState), typeof(Standing), typeof(StopDecision),
    ];

    /// <returns>Null when there is no such person.</returns>
    public async Task<IAsyncEnumerable<PersonRow>?> RunAsync(Caller caller, long contactId, string format, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (!await ContactAccess.Seen(db, caller).AnyAsync(c => c.Id == contactId, cancellationToken))
        {
            return null;
        }

        var people = await WhosePerson.IdsAsync(db, contactId, cancellationToken);
        if (caller.Numbers is { } numbers && await db.Conversations.AnyAsync(c => people.Contains(c.ContactId) && !numbers.Contains(c.NumberId), cancellationToken))
        {
            return null;
        }

        using (await _lane.EnterAsync(cancellationToken))
        {
            db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Exported, contactId, _clock.GetUtcNow().UtcDateTime, new AuditDetail.Export(format)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return RowsAsync(people, cancellationToken);
    }

    private async IAsyncEnumerable<PersonRow> RowsAsync(long[] people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var person = await ExportedPerson.ReadAsync(db, people, _secrets, cancellationToken);
        foreach (var (name, read) in All)
        {
            await foreach (var facts in read(person, cancellationToken))
            {
                yield return new PersonRow(name, facts);
            }
        }
    }
}
