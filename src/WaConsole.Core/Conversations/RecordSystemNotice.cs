using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>WhatsApp tells about the customer: a new number, a new user id, a new device. Leaves a notice in the thread, moves no window.</summary>
internal static class RecordSystemNotice
{
    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, InboundMessageItem item, SystemNotice notice, PersonIdentity from, Reception at, CancellationToken cancellationToken)
    {
        var contact = await WhoAsync(db, notice, from, item.TimestampUtc, at, cancellationToken);
        if (notice.Type is "customer_identity_changed" or "user_identity_changed")
        {
            contact.IdentityChangedAtUtc = at.NowUtc;
        }

        await db.SaveChangesAsync(cancellationToken);
        await TellIdentity.ApplyAsync(db, contact, at, cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, at.NumberId!.Value, at.NowUtc, cancellationToken);

        db.Messages.Add(ReceivedMessage.Of(item, conversation, MessageDirection.None, at.NowUtc));
        await db.SaveChangesAsync(cancellationToken);

        at.Changes.Row(conversation.NumberId, conversation.Id);
        return new Recorded.Stored();
    }

    private static async Task<Contact> WhoAsync(
        WaConsoleDb db, SystemNotice notice, PersonIdentity from, DateTime saidAtUtc, Reception at, CancellationToken cancellationToken)
    {
        var after = new PersonIdentity(at.Scope, notice.NewWaId, notice.NewUserId, notice.NewParentUserId) { SeenAtUtc = saidAtUtc };
        if (!after.HasKey)
        {
            return await ResolveContact.ApplyAsync(db, from, at.NowUtc, cancellationToken);
        }

        var (contact, _) = await ChangeIdentity.ApplyAsync(db, from, after, at.NowUtc, cancellationToken);
        return contact;
    }
}
