using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// The sender changed or deleted a message (Meta, numbers shared with the phone app, November 2025). The row stays: an edit replaces
/// the shown text and keeps the first one in the raw item, a deletion only marks it.
/// </summary>
internal static class RecordEdit
{
    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, MessageItem item, Reception at, CancellationToken cancellationToken)
    {
        if ((item.Edit?.OriginalWamid ?? item.RevokedWamid) is not { } original)
        {
            return new Recorded.Refused("The change does not say which message it changes.");
        }

        var target = ReceivedMessage.WamidOf(original);
        var message = await db.Messages.Include(m => m.MediaFile).Include(m => m.Conversation)
            .SingleOrDefaultAsync(m => m.Wamid == target, cancellationToken);
        if (message is null)
        {
            return new Recorded.WaitsFor(target);
        }

        if (item.Edit is not { } edit)
        {
            message.DeletedAtUtc ??= item.TimestampUtc;
        }
        else if (message.EditedAtUtc is null || message.EditedAtUtc <= item.TimestampUtc)
        {
            var before = message.Text;
            message.Text = edit.NewText is { } text ? StoredText.Clean(text) : message.Text;
            message.EditedAtUtc = item.TimestampUtc;
            await HearWish.ApplyEditAsync(db, message, before, item.TimestampUtc, at, cancellationToken);
        }

        if (message.Conversation.LastMessageId == message.Id)
        {
            ShowLast.Reword(message.Conversation, message);
        }

        await db.SaveChangesAsync(cancellationToken);
        at.Changes.Row(message.NumberId, message.ConversationId);
        return new Recorded.Stored();
    }
}
