using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// Pure: pictures and videos one side sent within a minute are one album. Only the first may carry words; what needs an act of its own
/// (failed, unknown, to be sent again) stays a bubble.
/// </summary>
public static class Albums
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<ThreadItem> Of(IReadOnlyList<ThreadItem> items)
    {
        List<ThreadItem> laid = new(items.Count);
        for (var at = 0; at < items.Count;)
        {
            var length = LengthAt(items, at);
            if (length > 1)
            {
                var run = items.Skip(at).Take(length).Cast<ThreadItem.Bubble>().ToList();
                laid.Add(new ThreadItem.Album([.. run.Select(bubble => bubble.Line)], run[0].StartsGroup));
            }
            else
            {
                laid.Add(items[at]);
            }

            at += length;
        }

        return laid;
    }

    /// <summary>How many items from here on are one: at least this one.</summary>
    private static int LengthAt(IReadOnlyList<ThreadItem> items, int at)
    {
        if (items[at] is not ThreadItem.Bubble { Line: var first } || !IsPicture(first))
        {
            return 1;
        }

        var length = 1;
        while (at + length < items.Count
            && items[at + length] is ThreadItem.Bubble { StartsGroup: false, Line: { Text.Length: 0, Quoted: null } line }
            && IsPicture(line)
            && line.Forwarded == first.Forwarded
            && line.SentAtUtc - first.SentAtUtc < Span)
        {
            length++;
        }

        return length;
    }

    private static bool IsPicture(ThreadLine line) =>
        line is
        {
            Kind: MessageKind.Image or MessageKind.Video,
            Media.State: Core.Media.MediaState.Ready or Core.Media.MediaState.Pending,
            Content: null,
            Deleted: false,
            Edited: false,
            Error: null,
            MaySendAgain: false,
            Status: not (DeliveryStatus.Failed or DeliveryStatus.Unknown),
        };
}
