using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Pricing;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>What WhatsApp said of a message, in order. <see cref="Price"/> is WhatsApp's own word for what it charges, such as "regular, utility".</summary>
public sealed record MessageStory(
    string? Wamid, DateTime SentAtUtc, DateTime StoredAtUtc, IReadOnlyList<StoryStep> Steps, string? PricingCategory, string? PricingType)
{
    /// <summary>What we thought it would cost when it was queued; null for what was not sent from here.</summary>
    public PriceEstimate? Estimate { get; init; }
}

/// <summary><see cref="Status"/> as WhatsApp writes it.</summary>
public sealed record StoryStep(string Status, DateTime AtUtc, int? ErrorCode);

/// <summary>The times of every status of one message, what it was charged as, and its id.</summary>
public sealed class ReadMessageStory(Store store)
{
    private const int MostSteps = 50;

    /// <returns>Null when there is none the caller may see.</returns>
    public async Task<MessageStory?> RunAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().Where(m => m.Id == messageId)
            .Select(m => new { m.NumberId, m.Wamid, m.SentAtUtc, m.CreatedAtUtc, m.PricingCategory, m.PricingType, m.ClientKey, m.EstimateMicros, m.EstimateCurrency, m.EstimateMarket, m.EstimateFree })
            .SingleOrDefaultAsync(cancellationToken);
        if (message is null || !caller.MaySeeNumber(message.NumberId))
        {
            return null;
        }

        var steps = await db.MessageStatusFacts.AsNoTracking().Where(f => f.MessageId == messageId)
            .OrderBy(f => f.AtUtc).ThenBy(f => f.Id).Take(MostSteps)
            .Select(f => new StoryStep(f.Status, f.AtUtc, f.ErrorCode)).ToListAsync(cancellationToken);
        return new MessageStory(message.Wamid, message.SentAtUtc, message.CreatedAtUtc, steps, message.PricingCategory, message.PricingType)
        {
            Estimate = message.ClientKey is null
                ? null
                : EstimateQueued.Read(message.EstimateMicros, message.EstimateCurrency, message.EstimateMarket, message.EstimateFree, message.SentAtUtc),
        };
    }
}
