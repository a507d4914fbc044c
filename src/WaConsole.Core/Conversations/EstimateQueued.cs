using WaConsole.Core.Pricing;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Keeps with each message what it will probably cost, as known when it was queued. WhatsApp's own word comes with its statuses, into
/// other columns.
/// </summary>
internal static class EstimateQueued
{
    private const decimal Micros = 1_000_000m;

    /// <param name="db">In the transaction that writes the messages.</param>
    /// <param name="queued">With what the gate looked at.</param>
    /// <param name="free">How many free ones their numbers had.</param>
    /// <param name="nowUtc">WhatsApp's time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task ApplyAsync(
        WaConsoleDb db, IReadOnlyList<(Conversation Conversation, Message Message, GateAnswer.Granted Answer)> queued, ServiceCounts free, DateTime nowUtc,
        CancellationToken cancellationToken)
    {
        foreach (var (conversation, message, answer) in queued)
        {
            var of = CategoryOf(answer.Template?.Category);
            var count = of == PriceCategory.Service ? await free.OfAsync(db, conversation.NumberId, nowUtc, cancellationToken) : null;
            // Also where nothing is charged by our estimate: WhatsApp may charge it all the same.
            message.EstimateMarket = MessageCost.MarketOf(answer.Contact.Phone, answer.Contact.UserId, DateOnly.FromDateTime(nowUtc));
            Put(message, of is { } known
                ? MessageCost.Estimate(new PriceQuestion(
                    known, answer.Contact.Phone, answer.Contact.UserId, ServiceWindow.IsOpen(conversation.WindowExpiresAtUtc, nowUtc),
                    conversation.EntryPointExpiresAtUtc > nowUtc, DateOnly.FromDateTime(nowUtc), count))
                : new PriceEstimate.Unknown());
        }
    }

    public static PriceEstimate Read(long? micros, string? currency, string? market, FreeBecause? free, DateTime sentAtUtc) => (micros, free) switch
    {
        (_, { } why) => new PriceEstimate.Free(why),
        ({ } amount, _) when currency is not null && market is not null && MessageCost.CardFrom(DateOnly.FromDateTime(sentAtUtc)) is { } from =>
            new PriceEstimate.List(amount / Micros, currency, market, from),
        _ => new PriceEstimate.Unknown(),
    };

    /// <summary>Pure: what WhatsApp said it charges, at the list price of the day of sending; nothing where it said nothing or no price is known.</summary>
    public static void PutCharge(Message message)
    {
        var charged = message.PricingType == "regular"
            ? MessageCost.OfCharged(message.PricingCategory, message.EstimateMarket, DateOnly.FromDateTime(message.SentAtUtc)) as PriceEstimate.List
            : null;
        message.ChargeMicros = charged is null ? null : (long)(charged.Amount * Micros);
        message.ChargeCurrency = charged?.Currency;
    }

    /// <param name="category">WhatsApp's word for a template; null for anything else.</param>
    /// <returns>Null for a category we know no price of.</returns>
    private static PriceCategory? CategoryOf(string? category) => category is null
        ? PriceCategory.Service
        : Enum.TryParse<PriceCategory>(category, ignoreCase: true, out var of) ? of : null;

    private static void Put(Message message, PriceEstimate estimate)
    {
        switch (estimate)
        {
            case PriceEstimate.Free free:
                (message.EstimateMicros, message.EstimateFree) = (0, free.Why);
                break;
            case PriceEstimate.List list:
                (message.EstimateMicros, message.EstimateCurrency) = ((long)(list.Amount * Micros), list.Currency);
                break;
        }
    }
}
