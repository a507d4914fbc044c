using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

/// <summary>A thing known of a person. The name is one of a fixed few; the words for it are beside the screens.</summary>
public sealed record PersonFact(string Name, object Value);

/// <summary>One row of a part of what is known: a message, a note, an entry.</summary>
public sealed record PersonRow(string Part, IReadOnlyList<PersonFact> Facts);

/// <summary>
/// Everything that is known of one person, row by row, for the person (GDPR articles 15 and 20). On record before the first row leaves.
/// </summary>
public sealed class ExportPerson
{
    /// <summary>The parts, in the order in which their rows come.</summary>
    public static readonly IReadOnlyList<string> Parts =
        ["contact", "identifiers", "fields", "labels", "notes", "consent", "proofs", "conversations", "messages", "files", "notices", "audit"];

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal ExportPerson(Store store, WriterLane lane, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _lane, _secrets, _clock) = (store, lane, secrets, clock);
    }

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
            db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Exported, contactId, _clock.GetUtcNow().UtcDateTime, format));
            await db.SaveChangesAsync(cancellationToken);
        }

        return RowsAsync(people, cancellationToken);
    }

    private async IAsyncEnumerable<PersonRow> RowsAsync(long[] people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        foreach (var contact in await db.Contacts.AsNoTracking().Where(c => people.Contains(c.Id) && c.MergedIntoId == null).ToListAsync(cancellationToken))
        {
            yield return Row("contact", ("name", contact.GivenName), ("profileName", contact.ProfileName), ("phone", contact.Phone), ("username", contact.Username),
                ("userId", contact.UserId), ("country", contact.Country), ("since", contact.CreatedAtUtc), ("optedOut", contact.OptedOutAtUtc), ("blocked", contact.BlockedAtUtc));
        }

        await foreach (var i in db.ContactIdentifiers.AsNoTracking().Where(i => people.Contains(i.ContactId)).OrderBy(i => i.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("identifiers", ("kind", i.Kind.ToString()), ("value", i.Value), ("since", i.FirstSeenAtUtc), ("lastSeen", i.LastSeenAtUtc), ("until", i.RetiredAtUtc));
        }

        var fields = await (from value in db.ContactFieldValues
                            where people.Contains(value.ContactId)
                            join field in db.ContactFields on value.FieldId equals field.Id
                            select new { field.Name, value.Value }).ToListAsync(cancellationToken);
        foreach (var field in fields)
        {
            yield return Row("fields", ("name", field.Name), ("value", field.Value));
        }

        var labels = await (from link in db.ContactLabels where people.Contains(link.ContactId) join label in db.Labels on link.LabelId equals label.Id select label.Name)
            .Union(from link in db.ConversationLabels
                   join thread in db.Conversations on link.ConversationId equals thread.Id
                   where people.Contains(thread.ContactId)
                   join label in db.Labels on link.LabelId equals label.Id
                   select label.Name).ToListAsync(cancellationToken);
        foreach (var label in labels)
        {
            yield return Row("labels", ("name", label));
        }

        await foreach (var note in db.ContactNotes.AsNoTracking().Where(n => people.Contains(n.ContactId)).OrderBy(n => n.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("notes", ("at", note.CreatedAtUtc), ("by", note.AuthorName), ("text", note.Text));
        }

        await foreach (var row in ConsentAsync(db, people, cancellationToken))
        {
            yield return row;
        }

        await foreach (var row in ThreadsAsync(db, people, cancellationToken))
        {
            yield return row;
        }

        await foreach (var told in db.ToldNotices.AsNoTracking().Where(t => people.Contains(t.ContactId)).OrderBy(t => t.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("notices", ("at", told.AtUtc), ("channel", told.Channel ?? "WhatsApp"), ("marketing", told.IsMarketing));
        }

        await foreach (var audit in db.ConsentAudits.AsNoTracking().Where(a => a.PersonId != null && people.Contains(a.PersonId.Value)).OrderBy(a => a.Id)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("audit", ("at", audit.AtUtc), ("by", audit.ByName), ("deed", audit.Deed.ToString()), ("detail", audit.Detail));
        }
    }

    private async IAsyncEnumerable<PersonRow> ConsentAsync(WaConsoleDb db, long[] people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = from subject in db.ConsentSubjects
                      where subject.ContactId != null && people.Contains(subject.ContactId.Value)
                      join entry in db.ConsentEntries on subject.Id equals entry.SubjectId
                      orderby entry.Id
                      select new { Entry = entry, subject.KeyProtected };
        await foreach (var row in entries.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var (entry, person) = (row.Entry, _secrets.Open(row.KeyProtected, row.Entry.SubjectId, row.Entry.Sealed));
            yield return Row("consent", ("entry", entry.Id), ("at", entry.AtUtc), ("recorded", entry.RecordedAtUtc), ("purpose", entry.Purpose.ToString()),
                ("action", entry.Action.ToString()), ("source", entry.Source.ToString()), ("business", entry.BusinessName), ("words", person?.Evidence.Shown),
                ("language", entry.WordingLanguage), ("basis", entry.Basis?.ToString()), ("law", entry.Jurisdiction), ("until", entry.ExpiresAtUtc),
                ("complete", entry.Complete), ("by", entry.ActorName), ("phone", person?.Phone), ("name", person?.Name), ("evidence", person?.Evidence.Note),
                ("text", person?.Evidence.Text), ("address", person?.Evidence.IpAddress), ("browser", person?.Evidence.UserAgent), ("form", person?.Evidence.FormJson));
        }

        var files = from subject in db.ConsentSubjects
                    where subject.ContactId != null && people.Contains(subject.ContactId.Value)
                    join file in db.ConsentFiles on subject.Id equals file.SubjectId
                    select file;
        await foreach (var file in files.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("proofs", ("at", file.CreatedAtUtc), ("file", file.FileName), ("kind", file.MimeType), ("bytes", file.SizeBytes), ("hash", file.Sha256));
        }
    }

    private static async IAsyncEnumerable<PersonRow> ThreadsAsync(WaConsoleDb db, long[] people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var threads = await (from thread in db.Conversations
                             where people.Contains(thread.ContactId)
                             join number in db.Numbers on thread.NumberId equals number.Id
                             orderby thread.Id
                             select new { thread.Id, number.DisplayPhoneNumber, thread.CreatedAtUtc, thread.LastActivityAtUtc, thread.Status }).ToListAsync(cancellationToken);
        foreach (var thread in threads)
        {
            yield return Row("conversations", ("number", thread.DisplayPhoneNumber), ("since", thread.CreatedAtUtc), ("lastSeen", thread.LastActivityAtUtc),
                ("status", thread.Status.ToString()));
        }

        var ids = threads.ConvertAll(thread => thread.Id);
        var messages = db.Messages.AsNoTracking().Where(m => ids.Contains(m.ConversationId) && m.Kind != MessageKind.Activity).OrderBy(m => m.Id)
            .Select(m => new { m.SentAtUtc, m.Direction, m.Kind, m.Text, m.Status, m.AuthorId, m.AuthorName, m.TemplateName, File = m.MediaFile == null ? null : m.MediaFile.FileName, m.ContentJson });
        await foreach (var m in messages.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("messages", ("at", m.SentAtUtc), ("direction", m.Direction.ToString()), ("kind", m.Kind.ToString()), ("text", m.Text), ("status", m.Status.ToString()),
                ("by", Author.Name(m.Direction, m.AuthorId, m.AuthorName)), ("template", m.TemplateName), ("file", m.File), ("content", m.ContentJson));
        }

        var files = db.MediaFiles.AsNoTracking().Where(f => f.ConversationId != null && ids.Contains(f.ConversationId.Value)).OrderBy(f => f.Id);
        await foreach (var file in files.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Row("files", ("at", file.CreatedAtUtc), ("file", file.FileName), ("kind", file.MimeType), ("bytes", file.SizeBytes), ("hash", file.Sha256));
        }
    }

    private static PersonRow Row(string part, params (string Name, object? Value)[] facts) =>
        new(part, [.. facts.Where(fact => fact.Value is not (null or "")).Select(fact => new PersonFact(fact.Name, fact.Value!))]);
}
