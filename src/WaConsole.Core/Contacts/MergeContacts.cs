using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>
/// Two contacts are one person: everything moves to the one that stays, nothing is deleted but empty shells.
/// The stricter opt-out wins. Runs inside the caller's transaction.
/// </summary>
internal static class MergeContacts
{
    /// <summary>Both are tracked with their identifiers loaded.</summary>
    public static async Task ApplyAsync(WaConsoleDb db, Contact stays, Contact goes, CancellationToken cancellationToken)
    {
        foreach (var identifier in goes.Identifiers.ToList())
        {
            identifier.Contact = stays;
        }

        stays.GivenName ??= goes.GivenName;
        stays.ProfileName = stays.ProfileName.Length > 0 ? stays.ProfileName : goes.ProfileName;
        stays.Phone ??= goes.Phone;
        stays.UserId ??= goes.UserId;
        stays.Username ??= goes.Username;
        if (stays.OptedOutAtUtc is null)
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
}
