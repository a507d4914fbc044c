using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

public abstract record ContactNoteOutcome
{
    private ContactNoteOutcome()
    {
    }

    public sealed record Done(long NoteId) : ContactNoteOutcome;

    public sealed record Refused(string Sentence) : ContactNoteOutcome;

    /// <summary>No such person or note that the caller may see.</summary>
    public sealed record Missing : ContactNoteOutcome;
}

/// <summary>Notes about a person. Whoever wrote one may change or delete it, and an admin.</summary>
public sealed class WriteContactNote(Store store, LiveUpdates live, TimeProvider clock)
{
    public const int MaxLength = 4_000;

    public async Task<ContactNoteOutcome> AddAsync(Caller caller, long contactId, string text, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await ContactAccess.Seen(db, caller).AnyAsync(c => c.Id == contactId, cancellationToken))
        {
            return new ContactNoteOutcome.Missing();
        }

        if (Problem(text, out var clean) is { } problem)
        {
            return problem;
        }

        var note = new ContactNote
        {
            ContactId = contactId,
            Text = clean,
            AuthorId = caller.AgentId,
            AuthorName = caller.Name,
            CreatedAtUtc = clock.GetUtcNow().UtcDateTime,
        };
        db.ContactNotes.Add(note);
        return await SaveAsync(db, note, cancellationToken);
    }

    public async Task<ContactNoteOutcome> EditAsync(Caller caller, long noteId, string text, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await OwnAsync(db, caller, noteId, cancellationToken) is not { } note)
        {
            return new ContactNoteOutcome.Missing();
        }

        if (Problem(text, out var clean) is { } problem)
        {
            return problem;
        }

        (note.Text, note.EditedAtUtc) = (clean, clock.GetUtcNow().UtcDateTime);
        return await SaveAsync(db, note, cancellationToken);
    }

    public async Task<ContactNoteOutcome> DeleteAsync(Caller caller, long noteId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await OwnAsync(db, caller, noteId, cancellationToken) is not { } note)
        {
            return new ContactNoteOutcome.Missing();
        }

        db.ContactNotes.Remove(note);
        return await SaveAsync(db, note, cancellationToken);
    }

    internal static bool MayChange(Caller caller, long? authorId) => caller.IsAdmin || (authorId is not null && authorId == caller.AgentId);

    private static async Task<ContactNote?> OwnAsync(WaConsoleDb db, Caller caller, long noteId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var note = await db.ContactNotes.SingleOrDefaultAsync(n => n.Id == noteId, cancellationToken);
        return note is not null && MayChange(caller, note.AuthorId)
            && await ContactAccess.Seen(db, caller).AnyAsync(c => c.Id == note.ContactId, cancellationToken) ? note : null;
    }

    private static ContactNoteOutcome.Refused? Problem(string text, out string clean)
    {
        clean = StoredText.Clean(text).Trim();
        return clean.Length switch
        {
            0 => new ContactNoteOutcome.Refused(Texts.Contacts.Of("NoteEmpty")),
            > MaxLength => new ContactNoteOutcome.Refused(Texts.Contacts.Of("NoteTooLong", MaxLength)),
            _ => null,
        };
    }

    private async Task<ContactNoteOutcome> SaveAsync(WaConsoleDb db, ContactNote note, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new ContactChanged(note.ContactId));
        return new ContactNoteOutcome.Done(note.Id);
    }
}
