using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Pricing;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// What stands at the foot of the panel. <see cref="Fields"/> are those of the contact that are filled in. <see cref="Cost"/> adds up list
/// prices of what WhatsApp said it charges; null when a price is not known.
/// </summary>
public sealed record PanelFacts(
    IReadOnlyList<FieldValueView> Fields, IReadOnlyList<OtherConversation> Others, IReadOnlyList<PlacedOrder> Orders, decimal? Cost, string Currency)
{
    public static PanelFacts None { get; } = new([], [], [], 0, "");
}

/// <summary>The same customer with another of our numbers.</summary>
public sealed record OtherConversation(long Id, string NumberName, ConversationStatus Status, DateTime LastActivityAtUtc);

/// <summary>A cart the customer sent, newest first.</summary>
public sealed record PlacedOrder(long MessageId, long Items, decimal Total, string Currency, DateTime AtUtc);

public sealed class ReadPanelFacts(Store store)
{
    private const int Shown = 5;

    public async Task<PanelFacts> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var about = await db.Conversations.AsNoTracking().Where(c => c.Id == conversationId)
            .Select(c => new { c.NumberId, c.ContactId, c.Contact.Phone, c.Contact.UserId }).SingleOrDefaultAsync(cancellationToken);
        if (about is null || !caller.MaySeeNumber(about.NumberId))
        {
            return PanelFacts.None;
        }

        var others = await db.Conversations.AsNoTracking().Where(c => c.ContactId == about.ContactId && c.Id != conversationId)
            .OrderByDescending(c => c.LastActivityAtUtc)
            .Select(c => new { c.NumberId, View = new OtherConversation(c.Id, c.Number.Name, c.Status, c.LastActivityAtUtc) })
            .ToListAsync(cancellationToken);
        var (cost, currency) = await CostAsync(db, conversationId, about.Phone, about.UserId, cancellationToken);
        return new PanelFacts(
            await FieldsAsync(db, about.ContactId, cancellationToken),
            [.. others.Where(other => caller.MaySeeNumber(other.NumberId)).Select(other => other.View).Take(Shown)],
            await OrdersAsync(db, conversationId, cancellationToken), cost, currency);
    }

    private static async Task<IReadOnlyList<FieldValueView>> FieldsAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        var filled = await (from value in db.ContactFieldValues.AsNoTracking()
                            join field in db.ContactFields on value.FieldId equals field.Id
                            where value.ContactId == contactId
                            orderby field.Id
                            select new { field, value.Value }).ToListAsync(cancellationToken);
        return
        [
            .. filled.Select(one => new FieldValueView(
                new ContactFieldView(one.field.Id, one.field.Name, one.field.Type, ContactFieldRules.ChoicesOf(one.field.Choices)), one.Value)),
        ];
    }

    private static async Task<IReadOnlyList<PlacedOrder>> OrdersAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken)
    {
        var found = await db.Messages.AsNoTracking().Where(m => m.ConversationId == conversationId && m.Kind == MessageKind.Order && m.DeletedAtUtc == null)
            .OrderByDescending(m => m.Id).Take(Shown)
            .Select(m => new { m.Id, m.ContentJson, m.SentAtUtc }).ToListAsync(cancellationToken);
        return
        [
            .. from line in found
               let order = ContentJson.Read(line.ContentJson) as MessageContent.Order
               where order is { Lines.Count: > 0 }
               select new PlacedOrder(
                   line.Id, order.Lines.Sum(item => (long)item.Quantity), order.Lines.Sum(item => item.Quantity * item.Price), order.Lines[0].Currency, line.SentAtUtc),
        ];
    }

    /// <summary>"regular" is what WhatsApp charges; everything else is free (Meta, status webhooks, 2026).</summary>
    private static async Task<(decimal? Cost, string Currency)> CostAsync(
        WaConsoleDb db, long conversationId, string? phone, string? userId, CancellationToken cancellationToken)
    {
        var charged = await db.Messages.AsNoTracking().Where(m => m.ConversationId == conversationId && m.PricingType == "regular")
            .GroupBy(m => new { m.PricingCategory, m.SentAtUtc.Date })
            .Select(day => new { day.Key.PricingCategory, day.Key.Date, Count = day.Count() }).ToListAsync(cancellationToken);
        var (sum, currency) = (0m, "");
        foreach (var day in charged)
        {
            var on = DateOnly.FromDateTime(day.Date);
            var price = MessageCost.OfCharged(day.PricingCategory, MessageCost.MarketOf(phone, userId, on), on);
            if (price is not PriceEstimate.List list)
            {
                return (null, "");
            }

            sum += list.Amount * day.Count;
            currency = list.Currency;
        }

        return (sum, currency);
    }
}
