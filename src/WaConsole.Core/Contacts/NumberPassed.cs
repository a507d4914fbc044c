using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary>
/// WhatsApp shows another user id behind a number, and did not say that the person moved: somebody else has the number now. What the person
/// before agreed to ends by one entry for everything; a stop stays, the stricter of the two. Every thread of the number says so.
/// </summary>
internal static class NumberPassed
{
    /// <summary>The kind of the line in the thread.</summary>
    public const string Kind = "numberpassed";

    /// <summary>Inside the caller's transaction. The contact was saved, with the new user id.</summary>
    /// <param name="seenAtUtc">When the new person was seen: what they agree to in the same message counts.</param>
    public static async Task ApplyAsync(
        WaConsoleDb db, Contact contact, string before, string after, DateTime seenAtUtc, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var seen = seenAtUtc < nowUtc ? seenAtUtc : nowUtc;
        var entry = new NewConsent(ConsentPurpose.All, ConsentAction.Expired, ConsentSource.NumberPassed, JustBefore(seen))
        {
            Evidence = new ConsentEvidence { Note = $"{before} > {after}" },
        };
        await KeepConsent.ApplyAsync(db, contact.Id, entry, cancellationToken);
        var line = ContentJson.Write(new MessageContent.Activity(Kind, Caller.System.Name, null));
        var threads = await db.Conversations.Where(c => c.ContactId == contact.Id).Select(c => new { c.Id, c.NumberId }).ToListAsync(cancellationToken);
        db.Messages.AddRange(threads.Select(thread => new Message
        {
            ConversationId = thread.Id,
            NumberId = thread.NumberId,
            Direction = MessageDirection.None,
            Kind = MessageKind.Activity,
            ContentJson = line,
            AuthorName = Caller.System.Name,
            SentAtUtc = seen,
            CreatedAtUtc = nowUtc,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Grants are told to the second, see KeepConsent.</summary>
    private static DateTime JustBefore(DateTime seen) => seen.AddTicks(-(seen.Ticks % TimeSpan.TicksPerSecond)).AddMilliseconds(-1);
}
