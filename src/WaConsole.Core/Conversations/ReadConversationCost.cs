using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public sealed record CostIn(string Currency, decimal Amount);

/// <param name="Estimates">Of delivered messages WhatsApp charges, by our lists; one a currency.</param>
/// <param name="Charged">Delivered, and WhatsApp said that they cost.</param>
/// <param name="Unpriced">Of <paramref name="Charged"/>: how many we know no price of.</param>
/// <param name="Free">Delivered, and WhatsApp said that they do not.</param>
/// <param name="Unsaid">Delivered, and WhatsApp did not say.</param>
public sealed record ConversationCost(IReadOnlyList<CostIn> Estimates, int Charged, int Unpriced, int Free, int Unsaid);

/// <summary>What a conversation has cost so far: WhatsApp says which messages are charged, our list how much.</summary>
public sealed class ReadConversationCost(Store store)
{
    private const decimal Micros = 1_000_000m;

    /// <returns>Null when there is none the caller may see.</returns>
    public async Task<ConversationCost?> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var number = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        if (number is not { } numberId || !caller.MaySeeNumber(numberId))
        {
            return null;
        }

        // The phone app's own messages cost nothing and carry no key of ours.
        var groups = await db.Messages
            .Where(m => m.ConversationId == conversationId && m.Direction == MessageDirection.Outbound && m.ClientKey != null
                && m.Status >= DeliveryStatus.Delivered && m.Status < DeliveryStatus.Failed)
            .GroupBy(m => new { m.PricingType, m.EstimateCurrency, Priced = m.EstimateMicros > 0 })
            .Select(group => new { group.Key.PricingType, group.Key.EstimateCurrency, group.Key.Priced, Count = group.Count(), Micros = group.Sum(m => m.EstimateMicros) })
            .ToListAsync(cancellationToken);
        var charged = groups.Where(group => new MessageCharge(null, group.PricingType).IsCharged == true).ToList();
        return new ConversationCost(
            [
                .. charged.Where(group => group is { Priced: true, EstimateCurrency: not null }).GroupBy(group => group.EstimateCurrency!, StringComparer.Ordinal)
                    .Select(currency => new CostIn(currency.Key, currency.Sum(group => group.Micros ?? 0) / Micros)),
            ],
            charged.Sum(group => group.Count),
            charged.Where(group => !group.Priced).Sum(group => group.Count),
            groups.Where(group => new MessageCharge(null, group.PricingType).IsCharged == false).Sum(group => group.Count),
            groups.Where(group => new MessageCharge(null, group.PricingType).IsCharged is null).Sum(group => group.Count));
    }
}
