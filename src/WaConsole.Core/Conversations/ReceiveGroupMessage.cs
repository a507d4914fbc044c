using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Stores what a member of a WhatsApp group wrote in the group's own conversation, under the member's name. Groups are a limited feature
/// (Meta, Groups, November 2025: official business accounts, eight members): they are kept and shown, and open no service window.
/// </summary>
internal static class ReceiveGroupMessage
{
    private const int MemberNameLength = 200;

    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, InboundMessageItem item, Reception at, CancellationToken cancellationToken)
    {
        if (at.NumberId is not { } numberId)
        {
            return new Recorded.Refused("The message does not say which business number it came to.");
        }

        var wamid = ReceivedMessage.WamidOf(item.Wamid);
        if (await db.Messages.AnyAsync(m => m.Wamid == wamid, cancellationToken))
        {
            return new Recorded.Duplicate();
        }

        var group = await ResolveGroup.ApplyAsync(db, at.Scope, item.GroupId!, subject: null, at.NowUtc, cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, group.Id, numberId, at.NowUtc, cancellationToken);

        var told = item.System is not null;
        var message = ReceivedMessage.Of(item, conversation, told ? MessageDirection.None : MessageDirection.Inbound, at.NowUtc);
        message.AuthorName = MemberName(item, at.Scope);
        await ReceiveMessage.QuoteAsync(db, message, cancellationToken);
        db.Messages.Add(message);
        await db.SaveChangesAsync(cancellationToken);

        if (!told)
        {
            ReceiveMessage.Wait(conversation, message, at.Arrivals);
            await db.SaveChangesAsync(cancellationToken);
        }

        at.MediaWaits |= message.MediaFile is not null;
        at.AppearedWamid = wamid;
        at.Changes.NewLine(conversation.NumberId, conversation.Id, message.Id);
        return new Recorded.Stored();
    }

    private static string? MemberName(InboundMessageItem item, string scope)
    {
        var member = ReceiveMessage.SenderOf(item, scope);
        var name = ContactName.Of(null, member.ProfileName, member.Username, member.Phone, member.UserId);
        return name.Length == 0 ? null : StoredText.Clean(name, MemberNameLength);
    }
}
