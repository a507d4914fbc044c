using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary>What to change; a part that is null stays. <see cref="Name"/> empty means the customer's own name again. Fields by id.</summary>
public sealed record ContactEdit(string? Name = null, IReadOnlyDictionary<long, string?>? Fields = null);

public abstract record EditContactOutcome
{
    private EditContactOutcome()
    {
    }

    public sealed record Done : EditContactOutcome;

    /// <summary><see cref="FieldId"/> is null when the name is the reason.</summary>
    public sealed record Refused(long? FieldId, string Sentence) : EditContactOutcome;

    public sealed record NoSuchContact : EditContactOutcome;
}

/// <summary>Gives a person a name and fills in fields: all of it or nothing.</summary>
public sealed class EditContact
{
    public const int MaxNameLength = 200;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;

    internal EditContact(Store store, WriterLane lane, LiveUpdates live)
    {
        (_store, _lane, _live) = (store, lane, live);
    }

    public async Task<EditContactOutcome> RunAsync(Caller caller, long contactId, ContactEdit edit, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ContactAccess.LockAsync(db, caller, contactId, cancellationToken) is not { } contact)
        {
            return new EditContactOutcome.NoSuchContact();
        }

        if (edit.Name is { } name)
        {
            var clean = StoredText.Clean(name).ReplaceLineEndings(" ").Trim();
            if (clean.Length > MaxNameLength)
            {
                return new EditContactOutcome.Refused(null, Texts.Contacts.Of("NameTooLong", MaxNameLength));
            }

            contact.GivenName = clean.Length == 0 ? null : clean;
            contact.SearchText = ContactSearchText.Of(contact);
        }

        if (edit.Fields is { Count: > 0 } fields && await FillAsync(db, contactId, fields, cancellationToken) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancellationToken);
        var rows = edit.Name is null
            ? []
            : await db.Conversations.Where(c => c.ContactId == contactId).Select(c => new { c.Id, c.NumberId }).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var changes = new ChangeSet();
        rows.ForEach(row => changes.Row(row.NumberId, row.Id));
        changes.Add(new ContactChanged(contactId));
        changes.PublishTo(_live);
        return new EditContactOutcome.Done();
    }

    private static async Task<EditContactOutcome.Refused?> FillAsync(
        WaConsoleDb db, long contactId, IReadOnlyDictionary<long, string?> fields, CancellationToken cancellationToken)
    {
        var known = (await ListContactFields.ReadAsync(db, cancellationToken)).ToDictionary(field => field.Id);
        var filled = await db.ContactFieldValues.Where(v => v.ContactId == contactId).ToDictionaryAsync(v => v.FieldId, cancellationToken);
        foreach (var (id, typed) in fields)
        {
            if (!known.TryGetValue(id, out var field))
            {
                return new EditContactOutcome.Refused(id, Texts.Contacts.Of("FieldGone"));
            }

            var (value, problem) = ContactFieldRules.Read(field.Type, field.Choices, typed);
            if (problem is not null)
            {
                return new EditContactOutcome.Refused(id, Texts.Contacts.Of("FieldProblem", field.Name, problem));
            }

            var row = filled.GetValueOrDefault(id);
            if (value.Length == 0 && row is not null)
            {
                db.ContactFieldValues.Remove(row);
            }
            else if (value.Length > 0 && row is null)
            {
                db.ContactFieldValues.Add(new ContactFieldValue { ContactId = contactId, FieldId = id, Value = value });
            }
            else if (row is not null)
            {
                row.Value = value;
            }
        }

        return null;
    }
}
