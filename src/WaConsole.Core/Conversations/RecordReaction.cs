using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Sets, changes or takes back the reaction of one side on a message. An older reaction that comes late changes nothing.</summary>
internal static class RecordReaction
{
    private const int MaxEmoji = 64;

    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, MessageItem item, Reception at, CancellationToken cancellationToken)
    {
        if (item.Reaction is not { } reaction)
        {
            return new Recorded.Refused("The reaction does not say to which message.");
        }

        var target = ReceivedMessage.WamidOf(reaction.TargetWamid);
        var message = await db.Messages.Where(m => m.Wamid == target)
            .Select(m => new { m.Id, m.ConversationId, m.NumberId })
            .FirstOrDefaultAsync(cancellationToken);
        if (message is null)
        {
            return new Recorded.WaitsFor(target);
        }

        var fromCustomer = item is InboundMessageItem;
        var known = await db.Set<Reaction>()
            .SingleOrDefaultAsync(r => r.MessageId == message.Id && r.FromCustomer == fromCustomer, cancellationToken);
        if (known is not null && known.AtUtc > item.TimestampUtc)
        {
            return new Recorded.Stored();
        }

        var emoji = StoredText.Clean(reaction.Emoji, MaxEmoji);
        if (emoji.Length == 0)
        {
            if (known is not null)
            {
                db.Remove(known);
            }
        }
        else if (known is null)
        {
            db.Add(new Reaction { MessageId = message.Id, FromCustomer = fromCustomer, Emoji = emoji, AtUtc = item.TimestampUtc });
        }
        else
        {
            known.Emoji = emoji;
            known.AtUtc = item.TimestampUtc;
        }

        await db.SaveChangesAsync(cancellationToken);
        at.Changes.Add(new Live.MessageChanged(message.NumberId, message.ConversationId, message.Id));
        return new Recorded.Stored();
    }
}
