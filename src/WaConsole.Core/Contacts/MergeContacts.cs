using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>
/// Two contacts are one person: everything moves to the one that stays, nothing is deleted but empty shells.
/// The stricter opt-out wins. Runs inside the caller's transaction.
/// </summary>
internal static class MergeContacts
{
    /// <summary>Both are tracked with their identifiers loaded. What this moves, MergePeople remembers and RestoreMerge puts back.</summary>
    public static async Task ApplyAsync(WaConsoleDb db, Contact stays, Contact goes, CancellationToken cancellationToken)
    {
        var carried = await CarryConsent.MergeAsync(db, stays, goes, cancellationToken);
        foreach (var identifier in goes.Identifiers.ToList())
        {
            identifier.Contact = stays;
        }

        stays.GivenName ??= goes.GivenName;
        stays.ProfileName = stays.ProfileName.Length > 0 ? stays.ProfileName : goes.ProfileName;
        stays.Phone ??= goes.Phone;
        stays.UserId ??= goes.UserId;
        stays.Username ??= goes.Username;
        if (!carried && stays.OptedOutAtUtc is null)
        {
            (stays.OptedOutAtUtc, stays.OptedOutReason) = (goes.OptedOutAtUtc, goes.OptedOutReason);
        }

        stays.IdentityChangedAtUtc ??= goes.IdentityChangedAtUtc;
        stays.CreatedAtUtc = stays.CreatedAtUtc < goes.CreatedAtUtc ? stays.CreatedAtUtc : goes.CreatedAtUtc;
        goes.MergedIntoId = stays.Id;
        goes.Phone = null;
        goes.UserId = null;
        goes.Username = null;
        goes.SearchText = "";

        await UniteLabelsAsync(db, stays, goes, cancellationToken);
        await db.ContactNotes.Where(n => n.ContactId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ContactId, stays.Id), cancellationToken);
        await db.ToldNotices.Where(t => t.ContactId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ContactId, stays.Id), cancellationToken);
        await MoveBlocksAsync(db, stays, goes, cancellationToken);
        await MoveFieldsAsync(db, stays.Id, goes.Id, cancellationToken);

        var leaving = await db.Conversations.Where(c => c.ContactId == goes.Id).ToListAsync(cancellationToken);
        foreach (var conversation in leaving)
        {
            var own = await db.Conversations.SingleOrDefaultAsync(
                c => c.ContactId == stays.Id && c.NumberId == conversation.NumberId, cancellationToken);
            if (own is null)
            {
                conversation.ContactId = stays.Id;
            }
            else
            {
                await MergeConversations.ApplyAsync(db, own, conversation, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task UniteLabelsAsync(WaConsoleDb db, Contact stays, Contact goes, CancellationToken cancellationToken)
    {
        var own = await db.ContactLabels.Where(l => l.ContactId == stays.Id).Select(l => l.LabelId).ToListAsync(cancellationToken);
        var others = await db.ContactLabels.Where(l => l.ContactId == goes.Id).ToListAsync(cancellationToken);
        db.ContactLabels.AddRange(
            others.Select(l => l.LabelId).Except(own).Select(id => new ContactLabel { LabelId = id, ContactId = stays.Id }));
        db.ContactLabels.RemoveRange(others);
        stays.LabelIds = LabelIds.Write(own.Concat(others.Select(l => l.LabelId)));
        goes.LabelIds = null;
    }

    private static async Task MoveBlocksAsync(WaConsoleDb db, Contact stays, Contact goes, CancellationToken cancellationToken)
    {
        var own = await db.ContactBlocks.Where(b => b.ContactId == stays.Id).Select(b => b.NumberId).ToListAsync(cancellationToken);
        var others = await db.ContactBlocks.Where(b => b.ContactId == goes.Id).ToListAsync(cancellationToken);
        db.ContactBlocks.AddRange(others.Where(b => !own.Contains(b.NumberId)).Select(b => new ContactBlock
        {
            ContactId = stays.Id,
            NumberId = b.NumberId,
            AtUtc = b.AtUtc,
            ByName = b.ByName,
        }));
        db.ContactBlocks.RemoveRange(others);
        stays.BlockedAtUtc ??= goes.BlockedAtUtc;
        goes.BlockedAtUtc = null;
    }

    private static async Task MoveFieldsAsync(WaConsoleDb db, long staysId, long goesId, CancellationToken cancellationToken)
    {
        var own = await db.ContactFieldValues.Where(v => v.ContactId == staysId).Select(v => v.FieldId).ToListAsync(cancellationToken);
        var others = await db.ContactFieldValues.Where(v => v.ContactId == goesId).ToListAsync(cancellationToken);
        db.ContactFieldValues.AddRange(others.Where(v => !own.Contains(v.FieldId)).Select(v => new ContactFieldValue
        {
            ContactId = staysId,
            FieldId = v.FieldId,
            Value = v.Value,
        }));
        db.ContactFieldValues.RemoveRange(others);
    }
}
