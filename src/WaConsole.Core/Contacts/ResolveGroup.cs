using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>
/// The row that stands for a WhatsApp group among contacts: known by the group's id, named by its subject. Runs inside the caller's
/// transaction.
/// </summary>
internal static class ResolveGroup
{
    private const int KeyLength = 512;
    private const int NameLength = 500;

    /// <param name="subject">The name as WhatsApp told it now; null when this news does not say.</param>
    public static async Task<Contact> ApplyAsync(
        WaConsoleDb db, string scope, string groupId, string? subject, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var id = StoredText.Clean(groupId.Trim(), KeyLength);
        var group = await ResolveContact.FindAsync(db, IdentifierKind.Group, scope, id, cancellationToken);
        if (group is null)
        {
            group = new Contact { ProfileName = Texts.Contacts.Of("Group"), CreatedAtUtc = nowUtc };
            group.Identifiers.Add(new ContactIdentifier
            {
                Kind = IdentifierKind.Group,
                Scope = scope,
                Value = id,
                MatchKey = id,
                FirstSeenAtUtc = nowUtc,
                LastSeenAtUtc = nowUtc,
            });
            db.Contacts.Add(group);
        }

        group.ProfileName = StoredText.CleanOrNull(subject?.Trim(), NameLength) ?? group.ProfileName;
        group.SearchText = ContactSearchText.Of(group);
        await db.SaveChangesAsync(cancellationToken);
        return group;
    }
}
