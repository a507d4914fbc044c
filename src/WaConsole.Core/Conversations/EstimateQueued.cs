using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Pricing;
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

    /// <param name="category">WhatsApp's word for a template; null for anything else.</param>
    public static async Task ApplyAsync(
        WaConsoleDb db, IReadOnlyList<(Conversation Conversation, Message Message, string? Category)> queued, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var people = queued.Select(one => one.Conversation.ContactId).Distinct().ToList();
        var phones = await db.Contacts.AsNoTracking().Where(c => people.Contains(c.Id))
            .Select(c => new { c.Id, c.Phone, c.UserId }).ToDictionaryAsync(c => c.Id, cancellationToken);
        Dictionary<long, int?> counts = [];
        foreach (var (conversation, message, category) in queued)
        {
            var of = CategoryOf(category);
            if (of == PriceCategory.Service && !counts.ContainsKey(conversation.NumberId))
            {
                counts[conversation.NumberId] = await CountServiceMessages.RunAsync(db, conversation.NumberId, nowUtc, cancellationToken);
            }

            var who = phones[conversation.ContactId];
            Put(message, of is { } known
                ? MessageCost.Estimate(new PriceQuestion(
                    known, who.Phone, who.UserId, ServiceWindow.IsOpen(conversation.WindowExpiresAtUtc, nowUtc),
                    conversation.EntryPointExpiresAtUtc > nowUtc, DateOnly.FromDateTime(nowUtc), counts.GetValueOrDefault(conversation.NumberId)))
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
                (message.EstimateMicros, message.EstimateCurrency, message.EstimateMarket) = ((long)(list.Amount * Micros), list.Currency, list.Market);
                break;
        }
    }
}
