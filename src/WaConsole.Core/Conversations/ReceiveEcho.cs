using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>A message our own people sent from the WhatsApp Business app on the phone: it belongs to the thread like any answer.</summary>
internal static class ReceiveEcho
{
    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, EchoItem item, Reception at, CancellationToken cancellationToken)
    {
        if (item.GroupId is { Length: > 0 })
        {
            return new Recorded.Refused("Group messages are not supported yet.");
        }

        var to = new PersonIdentity(at.Scope, item.To, item.ToUserId, item.ToParentUserId, item.Username, item.ProfileName) { SeenAtUtc = item.TimestampUtc }.Cleaned();
        if (at.NumberId is not { } numberId || !to.HasKey)
        {
            return new Recorded.Refused("The message does not say from which number, or to whom, it went.");
        }

        var wamid = ReceivedMessage.WamidOf(item.Wamid);
        if (await db.Messages.AnyAsync(m => m.Wamid == wamid, cancellationToken))
        {
            return new Recorded.Duplicate();
        }

        var contact = await ResolveContact.ApplyAsync(db, to, at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, numberId, at.NowUtc, cancellationToken);

        var message = ReceivedMessage.Of(item, conversation, MessageDirection.Outbound, at.NowUtc);
        message.AuthorName = Author.PhoneApp;
        message.Status = DeliveryStatus.Sent;
        message.StatusAtUtc = item.TimestampUtc;
        await ReceiveMessage.QuoteAsync(db, message, cancellationToken);
        db.Messages.Add(message);
        await db.SaveChangesAsync(cancellationToken);

        ShowLast.Apply(conversation, message);
        conversation.WaitingSinceUtc = null;
        await db.SaveChangesAsync(cancellationToken);
        at.Arrivals.Remove(conversation.Id);
        at.Changes.AddAll(await Notify.SettleAsync(db, [conversation.Id], except: null, cancellationToken));

        at.MediaWaits |= message.MediaFile is not null;
        at.AppearedWamid = wamid;
        at.Changes.NewLine(conversation.NumberId, conversation.Id, message.Id);
        return new Recorded.Stored();
    }
}
