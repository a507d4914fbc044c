using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// A colleague sends a question once more that failed. Its button carries the key of one message alone, so it is written down as a new
/// question with the key of the new message. Runs in the transaction that queues it; what is refused is to be rolled back.
/// </summary>
internal static class AskAgain
{
    /// <returns>The reply with the new question's button; as it was when it asks nothing, or nothing may be asked: then the gate says so.</returns>
    public static async Task<Reply> ApplyAsync(WaConsoleDb db, Caller caller, Reply reply, CancellationToken cancellationToken)
    {
        if (reply is not { InsteadOf: not null, Content: ReplyContent.Template wanted }
            || wanted.Values.Texts.FirstOrDefault(text => AskButton.Read(text.Value) is not null) is not { Key: { } field } button
            || await db.Messages.AnyAsync(m => m.ClientKey == reply.ClientKey, cancellationToken))
        {
            return reply;
        }

        var person = await db.Conversations.Where(c => c.Id == reply.ConversationId).Select(c => c.ContactId).SingleAsync(cancellationToken);
        var contact = await KeepConsent.LockAsync(db, person, cancellationToken);
        var now = db.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        var lines = (await ReadStandings.LinesAsync(db, [contact.Id], cancellationToken))[contact.Id].ToList();
        var open = await OpenQuestions.OfAsync(db, ConsentLedger.Waiting(lines, now), cancellationToken);
        var asked = AskButton.Read(button.Value);
        if (open.FirstOrDefault(question => question.Line.AskKey == asked) is not { Trip: QuestionTrip.Failed, Line: var failed }
            || open.Any(question => question.Trip == QuestionTrip.Asked && IsSame(question.Line, failed)))
        {
            return reply;
        }

        await KeepConsent.ApplyAsync(db, contact, await CopyAsync(db, caller, failed, reply.ClientKey, now, cancellationToken), cancellationToken);
        var texts = new Dictionary<string, string>(wanted.Values.Texts, StringComparer.Ordinal) { [field] = AskButton.Payload(reply.ClientKey) };
        return reply with { Content = wanted with { Values = wanted.Values with { Texts = texts } } };
    }

    private static bool IsSame(LedgerLine one, LedgerLine other) =>
        one.Purpose == other.Purpose && one.WordingId == other.WordingId && one.BusinessName == other.BusinessName;

    private static async Task<NewConsent> CopyAsync(
        WaConsoleDb db, Caller caller, LedgerLine failed, Guid key, DateTime now, CancellationToken cancellationToken)
    {
        var entry = await db.ConsentEntries.AsNoTracking().SingleAsync(e => e.Id == failed.EntryId, cancellationToken);
        var personKey = await db.ConsentSubjects.Where(s => s.Id == entry.SubjectId).Select(s => s.KeyProtected).SingleAsync(cancellationToken);
        return new NewConsent(entry.Purpose, ConsentAction.Requested, entry.Source, now)
        {
            BusinessName = entry.BusinessName,
            NumberId = entry.NumberId,
            Wording = new ShownWording(entry.WordingId, entry.WordingVersion, entry.WordingLanguage ?? "", entry.WordingHash ?? "", HasAllParts: true),
            PrivacyVersion = entry.PrivacyVersion,
            Basis = entry.Basis,
            Jurisdiction = entry.Jurisdiction,
            ExpiresAtUtc = now + AskButton.Waits,
            AskKey = key,
            ActorId = caller.AgentId,
            ActorName = caller.Name,
            Evidence = db.GetService<ConsentSecrets>().Open(personKey, entry.SubjectId, entry.Sealed)?.Evidence ?? new ConsentEvidence(),
        };
    }
}
