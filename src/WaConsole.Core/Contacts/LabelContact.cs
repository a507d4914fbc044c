using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Labels;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

public enum LabelContactOutcome
{
    Done = 1,
    NoSuchContact = 2,
    NoSuchLabel = 3,
}

/// <summary>Puts labels on a person and takes others off.</summary>
public sealed class LabelContact
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;

    internal LabelContact(Store store, WriterLane lane, LiveUpdates live)
    {
        (_store, _lane, _live) = (store, lane, live);
    }

    public async Task<LabelContactOutcome> RunAsync(
        Caller caller, long contactId, IReadOnlyCollection<long> add, IReadOnlyCollection<long> remove, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ContactAccess.LockAsync(db, caller, contactId, cancellationToken) is not { } contact)
        {
            return LabelContactOutcome.NoSuchContact;
        }

        var known = (await ListLabels.ReadAsync(db, cancellationToken)).Select(label => label.Id).ToHashSet();
        if (add.Any(id => !known.Contains(id)))
        {
            return LabelContactOutcome.NoSuchLabel;
        }

        var links = await db.ContactLabels.Where(l => l.ContactId == contactId).ToListAsync(cancellationToken);
        var added = add.Distinct().Except(links.Select(link => link.LabelId)).ToList();
        var removed = links.Where(link => remove.Contains(link.LabelId) && !add.Contains(link.LabelId)).ToList();
        db.ContactLabels.RemoveRange(removed);
        db.ContactLabels.AddRange(added.Select(id => new ContactLabel { LabelId = id, ContactId = contactId }));
        contact.LabelIds = LabelIds.Write(links.Except(removed).Select(link => link.LabelId).Concat(added).Where(known.Contains));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        _live.Publish(new ContactChanged(contactId));
        return LabelContactOutcome.Done;
    }
}
