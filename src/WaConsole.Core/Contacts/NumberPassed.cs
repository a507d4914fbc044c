using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary>
/// WhatsApp shows another user id behind a number, and did not say that the person moved: somebody else has the number now. What the person
/// before agreed to ends by one entry for everything; a stop stays, the stricter of the two. Every thread of the person says so.
/// </summary>
internal static class NumberPassed
{
    /// <summary>What ended when one user id was seen in the place of another; <see cref="After"/> is a phone where WhatsApp told no id.</summary>
    public readonly record struct EndedBy(string Before, string After, DateTime AtUtc);

    /// <summary>The kind of the line in the thread.</summary>
    public const string Kind = "numberpassed";

    /// <summary>The same, when it turns out that nobody else has it, or that the person moved.</summary>
    public const string KindKept = "numberkept";

    private const string To = " > ";

    /// <summary>Inside the caller's transaction. The contact was saved, with the new user id.</summary>
    /// <param name="seenAtUtc">When the new person was seen: what they agree to in the same message counts.</param>
    public static async Task ApplyAsync(
        WaConsoleDb db, Contact contact, string before, string after, DateTime seenAtUtc, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var seen = seenAtUtc < nowUtc ? seenAtUtc : nowUtc;
        var entry = new NewConsent(ConsentPurpose.All, ConsentAction.Expired, ConsentSource.NumberPassed, JustBefore(seen))
        {
            Evidence = new ConsentEvidence { Note = $"{before}{To}{after}" },
        };
        await KeepConsent.ApplyAsync(db, contact.Id, entry, cancellationToken);
        await SayAsync(db, contact, Kind, seen, nowUtc, cancellationToken);
    }

    /// <summary>
    /// WhatsApp said late that a user id was replaced: what ended because another one was seen, while it was the same person, stands again.
    /// </summary>
    /// <param name="isOf">Whether what ended as one user id took the place of another is undone by the notice.</param>
    /// <returns>False when nothing had ended so.</returns>
    public static async Task<bool> RestoreAsync(
        WaConsoleDb db, Contact contact, Func<EndedBy, bool> isOf, DateTime saidAtUtc, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var lines = await ReadStandings.PassedAsync(db, [contact.Id], cancellationToken);
        var held = PassedNumbers.Holding([.. lines[contact.Id]]).Select(line => line.EntryId).ToArray();
        var told = await (from entry in db.ConsentEntries
                          where EF.Parameter(held).Contains(entry.Id)
                          join subject in db.ConsentSubjects on entry.SubjectId equals subject.Id
                          orderby entry.Id
                          select new { subject.KeyProtected, entry.Id, entry.SubjectId, entry.Sealed, entry.AtUtc })
            .AsNoTracking().ToListAsync(cancellationToken);
        var secrets = db.GetService<ConsentSecrets>();
        var ended = told
            .Where(entry => secrets.Open(entry.KeyProtected, entry.SubjectId, entry.Sealed)?.Evidence.Note?.Split(To) is [var before, var after]
                && isOf(new EndedBy(before, after, entry.AtUtc)))
            .ToList();
        foreach (var entry in ended)
        {
            await KeepConsent.ApplyAsync(
                db,
                contact.Id,
                new NewConsent(ConsentPurpose.All, ConsentAction.Restored, ConsentSource.NumberKept, saidAtUtc) { AnswersEntryId = entry.Id },
                cancellationToken);
        }

        if (ended.Count > 0)
        {
            await SayAsync(db, contact, KindKept, saidAtUtc < nowUtc ? saidAtUtc : nowUtc, nowUtc, cancellationToken);
        }

        return ended.Count > 0;
    }

    private static async Task SayAsync(
        WaConsoleDb db, Contact contact, string kind, DateTime atUtc, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var line = ContentJson.Write(new MessageContent.Activity(kind, Caller.System.Name, null));
        var threads = await db.Conversations.Where(c => c.ContactId == contact.Id).Select(c => new { c.Id, c.NumberId }).ToListAsync(cancellationToken);
        db.Messages.AddRange(threads.Select(thread => new Message
        {
            ConversationId = thread.Id,
            NumberId = thread.NumberId,
            Direction = MessageDirection.None,
            Kind = MessageKind.Activity,
            ContentJson = line,
            AuthorName = Caller.System.Name,
            SentAtUtc = atUtc,
            CreatedAtUtc = nowUtc,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Grants are told to the second, see KeepConsent.</summary>
    private static DateTime JustBefore(DateTime seen) => seen.AddTicks(-(seen.Ticks % TimeSpan.TicksPerSecond)).AddMilliseconds(-1);
}
