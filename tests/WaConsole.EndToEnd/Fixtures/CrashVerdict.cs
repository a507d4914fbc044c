using WaConsole.Core.Conversations;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// Pure: what the senders know (webhooks that got their 200, sends that were promised, what the simulator received) against what is in
/// the database. Empty when nothing was lost, nothing went twice and every state is true.
/// </summary>
internal static class CrashVerdict
{
    public static IReadOnlyList<string> Of(
        IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string> promised, IReadOnlyList<string> ledger, IReadOnlyList<StoredMessage> stored)
    {
        var received = ledger.ToHashSet(StringComparer.Ordinal);
        var wamids = stored.Select(message => message.Wamid).ToHashSet(StringComparer.Ordinal);
        var outbound = stored.Where(message => message.Direction == MessageDirection.Outbound).ToList();
        return
        [
            .. acknowledged.Where(wamid => !wamids.Contains(wamid)).Select(wamid => $"lost: {wamid} got its 200 and is not stored"),
            .. stored.Select(message => message.Wamid).OfType<string>().CountBy(wamid => wamid)
                .Where(count => count.Value > 1)
                .Select(count => $"twice: {count.Key} is stored {count.Value} times"),
            .. ledger.CountBy(key => key).Where(count => count.Value > 1).Select(count => $"twice: {count.Key} was received {count.Value} times"),
            .. promised.Except(outbound.Select(message => message.Text)).Select(text => $"lost: \"{text}\" was promised and is not stored"),
            .. received.Except(outbound.Select(message => message.ClientKey!)).Select(key => $"lost: {key} was received and is not stored"),
            .. outbound.Where(message => !IsTrue(message.Status, received.Contains(message.ClientKey!)))
                .Select(message => $"untrue: {message.ClientKey} shows {message.Status}, received {received.Contains(message.ClientKey!)}"),
        ];
    }

    /// <summary>Once every status webhook is in, what arrived is known to have arrived; what did not may be unknown, and is not shown as gone out.</summary>
    private static bool IsTrue(DeliveryStatus shown, bool received) => shown switch
    {
        DeliveryStatus.Accepted or DeliveryStatus.Held or DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read
            or DeliveryStatus.Played => received,
        DeliveryStatus.Unknown or DeliveryStatus.Failed => !received,
        _ => false,
    };
}
