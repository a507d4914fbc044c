using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Only conversations with a label. A label on few is looked up by their ids; one on many is met soon when the list is walked in its
/// order, so each row is asked by the key of its link.
/// </summary>
internal static class InboxLabel
{
    private const int Few = 2_000;

    public static async Task<InboxFilter> OnlyAsync(
        WaConsoleDb db, InboxFilter filter, long? labelId, CancellationToken cancellationToken)
    {
        if (labelId is not { } label)
        {
            return filter;
        }

        var some = await db.ConversationLabels.Where(l => l.LabelId == label).Select(l => l.ConversationId)
            .OrderBy(id => id).Take(Few + 1).ToListAsync(cancellationToken);
        return some.Count <= Few ? filter with { Within = some } : filter with { LabelId = label };
    }
}
