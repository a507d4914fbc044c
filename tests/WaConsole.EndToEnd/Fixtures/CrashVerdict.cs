using WaConsole.Core.Conversations;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// Pure: what the senders know (webhooks that got their 200, sends that were promised, what the simulator received) against what is in
/// the database. Empty when nothing was lost, nothing went twice and every state is true.
/// </summary>
internal static class CrashVerdict
{
    public static IReadOnlyList<string> Of(CrashRecord record)
    {
        var received = record.Received.ToHashSet(StringComparer.Ordinal);
        var leaving = record.Leaving.ToHashSet(StringComparer.Ordinal);
        var wamids = record.Stored.Select(message => message.Wamid).ToHashSet(StringComparer.Ordinal);
        var outbound = record.Stored.Where(message => message.Direction == MessageDirection.Outbound).ToList();
        return
        [
            .. record.Acknowledged.Where(wamid => !wamids.Contains(wamid)).Select(wamid => $"lost: {wamid} got its 200 and is not stored"),
            .. record.Told.Except(record.StoredStatuses).Select(status => $"lost: {status.Word} of {status.Wamid} got its 200 and is not stored"),
            .. record.Stored.Select(message => message.Wamid).OfType<string>().CountBy(wamid => wamid)
                .Where(count => count.Value > 1)
                .Select(count => $"twice: {count.Key} is stored {count.Value} times"),
            .. record.StoredStatuses.CountBy(status => status).Where(count => count.Value > 1)
                .Select(count => $"twice: {count.Key.Word} of {count.Key.Wamid} is stored {count.Value} times"),
            .. record.Received.CountBy(key => key).Where(count => count.Value > 1)
                .Select(count => $"twice: {count.Key} was received {count.Value} times"),
            .. record.Promised.Except(outbound.Select(message => message.Text)).Select(text => $"lost: \"{text}\" was promised and is not stored"),
            .. received.Except(outbound.Select(message => message.ClientKey!)).Select(key => $"lost: {key} was received and is not stored"),
            .. outbound.Where(message => !IsTrue(message.Status, received.Contains(message.ClientKey!)))
                .Select(message => $"untrue: {message.ClientKey} shows {message.Status}, received {received.Contains(message.ClientKey!)}"),
            .. outbound.Where(message => IsOpen(message.Status) && !received.Contains(message.ClientKey!) && !leaving.Contains(message.ClientKey!))
                .Select(message => $"not sent: {message.ClientKey} shows {message.Status} and was not on its way at any kill"),
        ];
    }

    /// <summary>What a run under load lacks to say anything of sending; empty when it was a proof.</summary>
    public static IReadOnlyList<string> Lacks(CrashRecord record) =>
    [
        .. Unless(record.Promised.Count > 0, "no send was promised"),
        .. Unless(record.Received.Count > 0, "the simulator received nothing"),
        .. Unless(record.Silences > 0, "the simulator answered each message it took"),
        .. Unless(record.Leaving.Count > 0, "nothing was on its way at any kill"),
        .. Unless(record.Acknowledged.Count > 0, "no message got its 200"),
        .. Unless(record.Told.Count > 0, "no status got its 200"),
    ];

    /// <summary>Once every status webhook is in, what arrived is known to have arrived; what did not may be unknown, and is not shown as gone out.</summary>
    private static bool IsTrue(DeliveryStatus shown, bool received) => shown switch
    {
        DeliveryStatus.Accepted or DeliveryStatus.Held or DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read
            or DeliveryStatus.Played => received,
        DeliveryStatus.Unknown or DeliveryStatus.Failed => !received,
        _ => false,
    };

    private static bool IsOpen(DeliveryStatus shown) => shown is DeliveryStatus.Unknown or DeliveryStatus.Failed;

    private static string[] Unless(bool holds, string lack) => holds ? [] : [lack];
}
