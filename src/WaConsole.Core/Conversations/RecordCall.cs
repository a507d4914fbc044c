using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// A customer's call, answered or not, and a call of ours they took open the service window like a message (Meta, Calling, November 2025).
/// </summary>
internal static class RecordCall
{
    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, CallItem item, Reception at, CancellationToken cancellationToken)
    {
        var who = new PersonIdentity(at.Scope, item.CustomerPhone, item.CustomerUserId).Cleaned();
        if (!item.OpensServiceWindow)
        {
            return new Recorded.Stored();
        }

        if (at.NumberId is not { } numberId || !who.HasKey)
        {
            return new Recorded.Refused("The call does not say between whom it was.");
        }

        var contact = await ResolveContact.ApplyAsync(db, who, at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, numberId, at.NowUtc, cancellationToken);
        OpenWindow.By(conversation, item.TimestampUtc);

        var call = new Message
        {
            ConversationId = conversation.Id,
            NumberId = numberId,
            Direction = item.IsFromCustomer ? MessageDirection.Inbound : MessageDirection.None,
            Kind = MessageKind.Call,
            RawJson = item.RawJson,
            SentAtUtc = item.TimestampUtc,
            CreatedAtUtc = at.NowUtc,
        };
        db.Messages.Add(call);
        await db.SaveChangesAsync(cancellationToken);

        ShowLast.Apply(conversation, call);
        await db.SaveChangesAsync(cancellationToken);
        at.Changes.NewLine(conversation.NumberId, conversation.Id, call.Id);
        return new Recorded.Stored();
    }
}
