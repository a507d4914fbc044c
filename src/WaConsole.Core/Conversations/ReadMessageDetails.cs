using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Pricing;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <param name="Status">WhatsApp's own word.</param>
public sealed record MessageMoment(string Status, DateTime AtUtc, int? ErrorCode);

/// <param name="Estimate">Ours, when it was queued.</param>
/// <param name="Charge">What WhatsApp said with a status, and when it said nothing.</param>
public sealed record MessageDetails(
    long Id, DateTime SentAtUtc, string? AuthorName, string? TemplateName, string? TemplateLanguage, IReadOnlyList<MessageMoment> Moments,
    PriceEstimate Estimate, MessageCharge Charge);

/// <summary>WhatsApp's words: the category it counted, and whether it charges.</summary>
public sealed record MessageCharge(string? Category, string? Type)
{
    /// <summary>Charged messages are "regular"; every other word so far begins with "free" (Meta, Pricing, September 2026).</summary>
    public bool? IsCharged => Type switch
    {
        null => null,
        "regular" => true,
        _ => Type.StartsWith("free", StringComparison.Ordinal) ? false : null,
    };
}

/// <summary>What became of one message of ours, and what it cost: our estimate and WhatsApp's word, apart.</summary>
public sealed class ReadMessageDetails(Store store)
{
    /// <returns>Null when there is none the caller may see, or it is not ours.</returns>
    public async Task<MessageDetails?> RunAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().Where(m => m.Id == messageId && m.Direction == MessageDirection.Outbound)
            .Select(m => new
            {
                m.NumberId,
                m.SentAtUtc,
                m.AuthorName,
                m.TemplateName,
                m.TemplateLanguage,
                m.EstimateMicros,
                m.EstimateCurrency,
                m.EstimateMarket,
                m.EstimateFree,
                m.PricingCategory,
                m.PricingType,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (message is null || !caller.MaySeeNumber(message.NumberId))
        {
            return null;
        }

        var moments = await db.MessageStatusFacts.AsNoTracking().Where(f => f.MessageId == messageId)
            .OrderBy(f => f.AtUtc).ThenBy(f => f.Id).Select(f => new MessageMoment(f.Status, f.AtUtc, f.ErrorCode)).Take(50).ToListAsync(cancellationToken);
        return new MessageDetails(
            messageId, message.SentAtUtc, message.AuthorName, message.TemplateName, message.TemplateLanguage, moments,
            EstimateQueued.Read(message.EstimateMicros, message.EstimateCurrency, message.EstimateMarket, message.EstimateFree, message.SentAtUtc),
            new MessageCharge(message.PricingCategory, message.PricingType));
    }
}
