using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Contacts;

/// <summary>
/// A person with all that is known. Threads, files and notes are for those who use the inbox, threads and files of their numbers only.
/// </summary>
public sealed record ContactView(
    long Id,
    string Name,
    string? GivenName,
    string ProfileName,
    string? Phone,
    string? Username,
    string? UserId,
    string? Country,
    DateTime SinceUtc,
    DateTime? OptedOutAtUtc,
    string? OptedOutReason,
    DateTime? IdentityChangedAtUtc,
    IReadOnlyList<long> Labels,
    IReadOnlyList<IdentifierView> Identifiers,
    IReadOnlyList<FieldValueView> Fields,
    IReadOnlyList<NoteView> Notes,
    IReadOnlyList<ContactThreadView> Threads,
    IReadOnlyList<ContactFileView> Files,
    IReadOnlyList<MergeView> Merges);

/// <summary><see cref="OtherSpelling"/> is the form of the number without the digit that some countries write and others leave out.</summary>
public sealed record IdentifierView(
    IdentifierKind Kind, string Value, string? OtherSpelling, DateTime FirstSeenUtc, DateTime LastSeenUtc, DateTime? RetiredAtUtc);

public sealed record FieldValueView(ContactFieldView Field, string? Value);

public sealed record NoteView(long Id, string Text, string AuthorName, DateTime AtUtc, DateTime? EditedAtUtc, bool MayChange);

public sealed record ContactThreadView(
    long Id, long NumberId, string NumberName, string NumberDisplay, DateTime LastActivityAtUtc, string LastPreview, int Unread,
    WindowView Window, DateTime? BlockedAtUtc, string? BlockedBy);

public sealed record ContactFileView(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, DateTime AtUtc);

/// <summary><see cref="UndoUntilUtc"/> is null when it cannot be taken back any more.</summary>
public sealed record MergeView(long Id, string Name, DateTime AtUtc, string ByName, DateTime? UndoUntilUtc);

public sealed class ReadContact(Store store, WhatsAppClock whatsApp, TimeProvider clock)
{
    private const int FilesShown = 24;
    private const int NotesShown = 200;
    private const int MergesFollowed = 20;

    /// <returns>The person; who was merged into somebody is read as that somebody. Null when there is none the caller may see.</returns>
    public async Task<ContactView?> RunAsync(Caller caller, long contactId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var id = await FollowAsync(db, contactId, cancellationToken);
        var contact = await ContactAccess.Seen(db, caller).AsNoTracking().Include(c => c.Identifiers)
            .SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (contact is null)
        {
            return null;
        }

        return new ContactView(
            contact.Id,
            ContactName.Of(contact.GivenName, contact.ProfileName, contact.Username, contact.Phone, contact.UserId),
            contact.GivenName,
            contact.ProfileName,
            contact.Phone,
            contact.Username,
            contact.UserId,
            contact.Country,
            contact.CreatedAtUtc,
            contact.OptedOutAtUtc,
            contact.OptedOutReason,
            contact.IdentityChangedAtUtc,
            await db.ContactLabels.Where(l => l.ContactId == id && db.Labels.Any(known => known.Id == l.LabelId))
                .OrderBy(l => l.LabelId).Select(l => l.LabelId).ToListAsync(cancellationToken),
            [.. contact.Identifiers.OrderBy(i => i.RetiredAtUtc is not null).ThenBy(i => i.Kind).ThenByDescending(i => i.LastSeenAtUtc).Select(View)],
            await FieldsAsync(db, id, cancellationToken),
            caller.MayUseInbox ? await NotesAsync(db, caller, id, cancellationToken) : [],
            caller.MayUseInbox ? await ThreadsAsync(db, caller, id, cancellationToken) : [],
            caller.MayUseInbox ? await FilesAsync(db, caller, id, cancellationToken) : [],
            await MergesAsync(db, id, cancellationToken));
    }

    internal static async Task<long> FollowAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        for (var step = 0; step < MergesFollowed; step++)
        {
            var into = await db.Contacts.Where(c => c.Id == contactId).Select(c => c.MergedIntoId).SingleOrDefaultAsync(cancellationToken);
            if (into is not { } next)
            {
                break;
            }

            contactId = next;
        }

        return contactId;
    }

    private static IdentifierView View(ContactIdentifier identifier) => new(
        identifier.Kind,
        identifier.Value,
        identifier.Kind == IdentifierKind.Phone && identifier.MatchKey != identifier.Value ? identifier.MatchKey : null,
        identifier.FirstSeenAtUtc,
        identifier.LastSeenAtUtc,
        identifier.RetiredAtUtc);

    private static async Task<IReadOnlyList<FieldValueView>> FieldsAsync(WaConsoleDb db, long id, CancellationToken cancellationToken)
    {
        var values = await db.ContactFieldValues.Where(v => v.ContactId == id).ToDictionaryAsync(v => v.FieldId, v => v.Value, cancellationToken);
        return [.. (await ListContactFields.ReadAsync(db, cancellationToken)).Select(field => new FieldValueView(field, values.GetValueOrDefault(field.Id)))];
    }

    private static async Task<IReadOnlyList<NoteView>> NotesAsync(WaConsoleDb db, Caller caller, long id, CancellationToken cancellationToken)
    {
        var notes = await db.ContactNotes.AsNoTracking().Where(n => n.ContactId == id)
            .OrderByDescending(n => n.Id).Take(NotesShown).ToListAsync(cancellationToken);
        return [.. notes.Select(n => new NoteView(
            n.Id, n.Text, n.AuthorName, n.CreatedAtUtc, n.EditedAtUtc, WriteContactNote.MayChange(caller, n.AuthorId)))];
    }

    private async Task<IReadOnlyList<ContactThreadView>> ThreadsAsync(WaConsoleDb db, Caller caller, long id, CancellationToken cancellationToken)
    {
        var now = whatsApp.UtcNow;
        var threads = await db.Conversations.AsNoTracking().Where(v => v.ContactId == id)
            .OrderByDescending(v => v.LastActivityAtUtc).ThenByDescending(v => v.Id)
            .Select(v => new
            {
                v.Id,
                v.NumberId,
                v.Number.Name,
                v.Number.DisplayPhoneNumber,
                v.LastActivityAtUtc,
                v.LastPreview,
                v.UnreadCount,
                v.WindowExpiresAtUtc,
                v.EntryPointExpiresAtUtc,
                Block = db.ContactBlocks.Where(b => b.ContactId == id && b.NumberId == v.NumberId)
                    .Select(b => new { b.AtUtc, b.ByName }).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return [.. threads.Where(v => caller.MaySeeNumber(v.NumberId)).Select(v => new ContactThreadView(
            v.Id, v.NumberId, v.Name, v.DisplayPhoneNumber, v.LastActivityAtUtc, v.LastPreview, v.UnreadCount,
            WindowView.Of(v.WindowExpiresAtUtc, v.EntryPointExpiresAtUtc, now), v.Block?.AtUtc, v.Block?.ByName))];
    }

    private static async Task<IReadOnlyList<ContactFileView>> FilesAsync(WaConsoleDb db, Caller caller, long id, CancellationToken cancellationToken)
    {
        var threads = await db.Conversations.Where(v => v.ContactId == id).Select(v => new { v.Id, v.NumberId }).ToListAsync(cancellationToken);
        var seen = threads.Where(v => caller.MaySeeNumber(v.NumberId)).Select(v => (long?)v.Id).ToList();
        return await db.MediaFiles.AsNoTracking()
            .Where(f => seen.Contains(f.ConversationId) && f.State == MediaState.Ready)
            .OrderByDescending(f => f.Id)
            .Take(FilesShown)
            .Select(f => new ContactFileView(f.Id, f.Key, f.FileName, f.MimeType, f.SizeBytes, f.CreatedAtUtc))
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<MergeView>> MergesAsync(WaConsoleDb db, long id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var merges = await db.ContactMerges.AsNoTracking().Where(m => m.StaysId == id && m.UndoneAtUtc == null)
            .OrderByDescending(m => m.Id).ToListAsync(cancellationToken);
        return [.. merges.Select((m, at) => new MergeView(
            m.Id, NameBefore(m.SnapshotJson), m.AtUtc, m.ByName,
            at == 0 && m.SnapshotJson is not null && m.UndoUntilUtc > now ? m.UndoUntilUtc : null))];
    }

    private static string NameBefore(string? snapshot)
    {
        if (snapshot is null)
        {
            return "";
        }

        var goes = MergeSnapshot.Read(snapshot).GoesBefore;
        return ContactName.Of(
            Text(nameof(Contact.GivenName)), Text(nameof(Contact.ProfileName)), Text(nameof(Contact.Username)),
            Text(nameof(Contact.Phone)), Text(nameof(Contact.UserId)));

        string? Text(string name) => RowState.Value<string>(goes, name);
    }
}
