using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;

namespace WaConsole.Core.Rights.Export;

/// <summary>What the person agreed to and stopped, with its proof, and where that leaves them.</summary>
internal static class ConsentParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> StandingAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var states = await person.Db.ConsentStates.Where(s => person.Ids.Contains(s.ContactId)).OrderBy(s => s.ContactId).ThenBy(s => s.Purpose)
            .ToListAsync(cancellationToken);
        foreach (var state in states)
        {
            yield return Facts.Of(
                ("purpose", state.Purpose),
                ("status", state.What),
                ("since", state.SinceUtc),
                ("until", state.ExpiresAtUtc),
                ("source", state.Source),
                ("complete", state.Complete),
                ("law", state.Jurisdiction),
                ("entry", state.EntryId));
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> EntriesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var subject in person.Subjects)
        {
            var key = await person.Db.ConsentSubjects.Where(s => s.Id == subject).Select(s => s.KeyProtected).SingleOrDefaultAsync(cancellationToken);
            var entries = InPages.RowsAsync(
                last => person.Db.ConsentEntries.Where(e => e.SubjectId == subject && e.Id > last).OrderBy(e => e.Id), entry => entry.Id, cancellationToken);
            await foreach (var entry in entries)
            {
                yield return [.. What(person, entry), .. Proof(person.Secrets.Open(key, subject, entry.Sealed) ?? new PersonalPart())];
            }
        }
    }

    private static IReadOnlyList<PersonFact> What(ExportedPerson person, ConsentEntry entry) => Facts.Of(
        ("entry", entry.Id),
        ("at", entry.AtUtc),
        ("zone", entry.TimeZone),
        ("recorded", entry.RecordedAtUtc),
        ("purpose", entry.Purpose),
        ("action", entry.Action),
        ("source", entry.Source),
        ("business", entry.BusinessName),
        ("number", person.Number(entry.NumberId)),
        ("wording", entry.WordingId),
        ("version", entry.WordingVersion),
        ("language", entry.WordingLanguage),
        ("hash", entry.WordingHash),
        ("privacyVersion", entry.PrivacyVersion),
        ("basis", entry.Basis),
        ("law", entry.Jurisdiction),
        ("until", entry.ExpiresAtUtc),
        ("complete", entry.Complete),
        ("by", entry.ActorName),
        ("answers", entry.AnswersEntryId));

    private static IReadOnlyList<PersonFact> Proof(PersonalPart part) => Facts.Of(
        ("phone", part.Phone),
        ("userIds", string.Join(", ", part.UserIds)),
        ("username", part.Username),
        ("name", part.Name),
        ("words", part.Evidence.Shown),
        ("question", part.Evidence.Question),
        ("evidence", part.Evidence.Note),
        ("text", part.Evidence.Text),
        ("wamid", part.Evidence.Wamid),
        ("address", part.Evidence.IpAddress),
        ("browser", part.Evidence.UserAgent),
        ("form", part.Evidence.FormJson),
        ("page", part.Evidence.PageId),
        ("fileHash", part.FileSha256));

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> ProofsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = person.Db.ConsentFiles.Where(f => f.SubjectId != null && person.Subjects.Contains(f.SubjectId.Value)).OrderBy(f => f.CreatedAtUtc);
        await foreach (var file in files.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Facts.Of(
                ("at", file.CreatedAtUtc),
                ("by", person.Agent(file.UploadedById) ?? person.Program(file.UploadedByApiKeyId)),
                ("file", file.FileName),
                ("kind", file.MimeType),
                ("bytes", file.SizeBytes),
                ("hash", file.Sha256));
        }
    }

    /// <summary>That somebody with a number or id of theirs was erased before. The mark itself is a keyed hash and is not handed out.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> SuppressionAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (atUtc, everything) in await Suppressions.OfAsync(person.Db, [.. person.Present], cancellationToken))
        {
            yield return Facts.Of(("at", atUtc), ("everything", everything));
        }
    }
}
