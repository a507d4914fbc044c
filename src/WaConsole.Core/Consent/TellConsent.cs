using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Where a person stands is seen on their own page, in every list of their conversations, and beside the lines of each.</summary>
internal static class TellConsent
{
    public static async Task ApplyAsync(WaConsoleDb db, long contactId, ChangeSet changes, CancellationToken cancellationToken)
    {
        var conversations = await db.Conversations.Where(c => c.ContactId == contactId).Select(c => new { c.NumberId, c.Id }).ToListAsync(cancellationToken);
        conversations.ForEach(conversation => changes.Header(conversation.NumberId, conversation.Id));
        changes.Add(new ContactChanged(contactId));
    }
}
