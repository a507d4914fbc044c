using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Pricing;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>What a message will probably cost in one conversation now. Whether it did cost something WhatsApp says with its statuses.</summary>
public sealed class EstimatePrice(Store store, WhatsAppClock whatsApp)
{
    /// <param name="category">MARKETING, UTILITY or AUTHENTICATION, as WhatsApp has the template; SERVICE for anything else.</param>
    public async Task<PriceEstimate> RunAsync(Caller caller, long conversationId, string category, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var about = await db.Conversations.AsNoTracking().Where(c => c.Id == conversationId)
            .Select(c => new { c.NumberId, c.Contact.Phone, c.Contact.UserId, c.WindowExpiresAtUtc, c.EntryPointExpiresAtUtc })
            .SingleOrDefaultAsync(cancellationToken);
        if (about is null || !caller.MaySeeNumber(about.NumberId) || !Enum.TryParse<PriceCategory>(category, ignoreCase: true, out var of))
        {
            return new PriceEstimate.Unknown();
        }

        var now = whatsApp.UtcNow;
        return MessageCost.Estimate(new PriceQuestion(
            of, about.Phone, about.UserId, ServiceWindow.IsOpen(about.WindowExpiresAtUtc, now), about.EntryPointExpiresAtUtc > now,
            DateOnly.FromDateTime(now),
            of == PriceCategory.Service ? await CountServiceMessages.RunAsync(db, about.NumberId, now, cancellationToken) : null));
    }
}
