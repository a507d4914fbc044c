using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>A customer's business-scoped user id changed: possibly another person. Every thread of theirs gets a notice.</summary>
internal static class RecordUserIdUpdate
{
    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, UserIdUpdateItem item, Reception at, CancellationToken cancellationToken)
    {
        var before = new PersonIdentity(at.Scope, null, item.PreviousUserId, item.PreviousParentUserId);
        var after = new PersonIdentity(at.Scope, item.WaId, item.CurrentUserId, item.CurrentParentUserId)
        {
            SeenAtUtc = item.TimestampUtc,
        };
        var (contact, changed) = await ChangeIdentity.ApplyAsync(db, before, after, at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await TellIdentity.ApplyAsync(db, contact, at, cancellationToken);
        if (!changed)
        {
            return new Recorded.Stored();
        }

        var conversations = await db.Conversations.Where(c => c.ContactId == contact.Id).ToListAsync(cancellationToken);
        foreach (var conversation in conversations)
        {
            db.Messages.Add(new Message
            {
                ConversationId = conversation.Id,
                NumberId = conversation.NumberId,
                Direction = MessageDirection.None,
                Kind = MessageKind.System,
                ContentJson = ContentJson.Write(new MessageContent.Notice("user_changed_user_id", null)),
                SentAtUtc = item.TimestampUtc,
                CreatedAtUtc = at.NowUtc,
            });
            at.Changes.Row(conversation.NumberId, conversation.Id);
        }

        await db.SaveChangesAsync(cancellationToken);
        return new Recorded.Stored();
    }
}
