using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>The customer stopped or resumed marketing messages in WhatsApp itself. Somebody unknown so far is remembered, so that the no is kept.</summary>
internal static class RecordPreference
{
    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, UserPreferenceItem item, Reception at, CancellationToken cancellationToken)
    {
        var contact = await ResolveContact.ApplyAsync(
            db, new PersonIdentity(at.Scope, item.WaId, item.UserId, item.ParentUserId), at.NowUtc, cancellationToken);
        switch (item.Kind)
        {
            case PreferenceKind.Stop:
                contact.OptedOutAtUtc = item.TimestampUtc;
                contact.OptedOutReason = "Stopped marketing messages in WhatsApp.";
                break;
            case PreferenceKind.Resume when contact.OptedOutAtUtc is null || contact.OptedOutAtUtc <= item.TimestampUtc:
                contact.OptedOutAtUtc = null;
                contact.OptedOutReason = null;
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        var conversations = await db.Conversations.Where(c => c.ContactId == contact.Id)
            .Select(c => new { c.Id, c.NumberId })
            .ToListAsync(cancellationToken);
        foreach (var conversation in conversations)
        {
            at.Changes.Row(conversation.NumberId, conversation.Id);
        }

        return new Recorded.Stored();
    }
}
