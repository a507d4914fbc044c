using WaConsole.Core.Hours;
using WaConsole.Core.Policy;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>A customer's message as the away message looks at it.</summary>
/// <param name="IsLabel">A button that the business wrote.</param>
internal sealed record AwaitingLine(string Text, DateTime SentAtUtc, bool IsLabel = false);

/// <summary>Pure: whether the away message answers.</summary>
internal static class AwayRules
{
    /// <param name="sinceUtc">When the away message was switched on.</param>
    /// <param name="unanswered">What the customer wrote and nobody answered, oldest first.</param>
    public static bool Answers(
        OpeningHours hours, DateTime? sinceUtc, IReadOnlyList<AwaitingLine> unanswered, DateTime? answeredAtUtc, IReadOnlyList<DateTime> writtenAtUtc, DateTime nowUtc) =>
        unanswered is [.., var newest]
        && newest.SentAtUtc >= sinceUtc
        && !hours.IsOpenAt(newest.SentAtUtc)
        && !hours.IsOpenAt(nowUtc)
        && !unanswered.Any(AsksToStop)
        && (answeredAtUtc is not { } answered || HasClosedSince(answered, writtenAtUtc));

    /// <summary>Nothing automatic answers a wish to stop, however it is put.</summary>
    private static bool AsksToStop(AwaitingLine line) => (line.IsLabel ? OptOutWords.ReadLabel(line.Text) : OptOutWords.Read(line.Text))
        is HeardWish.Stop or HeardWish.StopAll or HeardWish.StopIfOffered or HeardWish.LooksLikeStop or HeardWish.LooksLikeStopIfOffered;

    /// <summary>Whether the service window ended between an answer and the newest of these messages: once per window and never again in it.</summary>
    /// <param name="writtenAtUtc">The customer's messages from a window's length before the answer, oldest first.</param>
    public static bool HasClosedSince(DateTime answeredAtUtc, IReadOnlyList<DateTime> writtenAtUtc)
    {
        var last = writtenAtUtc.LastOrDefault(at => at <= answeredAtUtc, answeredAtUtc);
        foreach (var at in writtenAtUtc.Where(at => at > answeredAtUtc))
        {
            if (at >= ServiceWindow.ExpiresAt(last))
            {
                return true;
            }

            last = at;
        }

        return false;
    }
}
