using WaConsole.Simulator.Templates;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    // Meta, "Pricing", October 2026: service messages are free up to 1,000 delivered per number and calendar month.
    private const int FreeServiceMessages = 1000;

    // Until then service messages, and utility templates in an open window, were free (1 July 2025 to 30 September 2026).
    private static readonly DateTimeOffset ServiceChargedFrom = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<(string Number, int Month), int> _serviceDelivered = [];

    private PriceTag Price(Chat chat, Customer customer, SimulatedTemplate? template, bool marketingApi, DateTimeOffset now)
    {
        if (chat.CameFromAdAt is { } from && chat.FreeUntil is null && now < from + ServiceWindow)
        {
            // Meta, "Pricing": the free entry point runs from the first answer to somebody who came from an ad, 72 hours; seven
            // days since 28 September 2026.
            chat.FreeUntil = now + (now < new DateTimeOffset(2026, 9, 28, 0, 0, 0, TimeSpan.Zero) ? TimeSpan.FromHours(72) : TimeSpan.FromDays(7));
            chat.FreeConversationId = Guid.CreateVersion7().ToString("N");
        }

        if (chat.FreeUntil > now)
        {
            return new PriceTag("free_entry_point", "referral_conversion", chat.FreeConversationId, chat.FreeUntil);
        }

        if (template is null)
        {
            var free = now < ServiceChargedFrom || ServiceAllowance(chat.NumberId) > 0;
            return new PriceTag(free ? "free_customer_service" : "regular", "service", null, null);
        }

        return template.Category switch
        {
            "MARKETING" when marketingApi => new PriceTag("regular", "marketing_lite", null, null),
            "UTILITY" when now < ServiceChargedFrom && chat.WindowOpen(now) => new PriceTag("free_customer_service", "utility", null, null),
            "AUTHENTICATION" when _internationalFrom <= now && customer.Country != Account.Country =>
                new PriceTag("regular", "authentication-international", null, null),
            _ => new PriceTag("regular", template.Category.ToLowerInvariant(), null, null),
        };
    }

    private int ServiceAllowance(string numberId) =>
        FreeServiceMessages - _serviceDelivered.GetValueOrDefault((numberId, Month(Clock.GetUtcNow())));

    private void CountDelivered(string numberId, PriceTag price)
    {
        if (price.Category == "service")
        {
            var month = (numberId, Month(Clock.GetUtcNow()));
            _serviceDelivered[month] = _serviceDelivered.GetValueOrDefault(month) + 1;
        }
    }

    private static int Month(DateTimeOffset at) => (at.Year * 12) + at.Month;
}
