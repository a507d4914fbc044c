namespace WaConsole.Core.Pricing;

public enum PriceCategory
{
    Marketing,
    Utility,
    Authentication,
    Service,
}

/// <summary><see cref="ServiceMessagesThisMonth"/>: delivered by the number so far; null when nobody counted.</summary>
public sealed record PriceQuestion(
    PriceCategory Category, string? Phone, string? UserId, bool WindowOpen, bool FreeEntryPoint, DateOnly Day, int? ServiceMessagesThisMonth = null);

public enum FreeBecause
{
    /// <summary>The customer came from an ad or a page's button, and everything is free for a time.</summary>
    EntryPoint,

    /// <summary>Not charged on that day's rules.</summary>
    Rule,

    /// <summary>Within the number's free service messages of the month.</summary>
    Allowance,
}

public abstract record PriceEstimate
{
    private PriceEstimate()
    {
    }

    /// <summary>The list price of the card that began on <see cref="CardFrom"/>; volume tiers and Meta's own count may lower it.</summary>
    public sealed record List(decimal Amount, string Currency, string Market, DateOnly CardFrom) : PriceEstimate;

    public sealed record Free(FreeBecause Why) : PriceEstimate;

    /// <summary>No figure is known, so none is said.</summary>
    public sealed record Unknown : PriceEstimate;
}

/// <summary>Pure: what a message will probably cost once it is delivered, by the rules and the card of its day.</summary>
public static class MessageCost
{
    /// <summary>The first day of the card that holds on a day; null when there is none.</summary>
    public static DateOnly? CardFrom(DateOnly day) => PriceBook.Current.CardOn(day)?.From;

    /// <summary>The market of somebody, by its name on the card of that day; null when nothing tells it.</summary>
    public static string? MarketOf(string? phone, string? userId, DateOnly day) => PriceBook.Current.MarketOf(phone, userId, day)?.Name;

    /// <summary>
    /// The list price of what WhatsApp said it charges: its category counts, not the one that was estimated. Of a category that is on no card,
    /// such as <c>authentication-international</c>, none is known.
    /// </summary>
    /// <param name="category">WhatsApp's word.</param>
    /// <param name="market">The market's name on the card.</param>
    /// <param name="day">Of sending.</param>
    public static PriceEstimate OfCharged(string? category, string? market, DateOnly day) =>
        Enum.TryParse<PriceCategory>(category, ignoreCase: true, out var of) && PriceBook.Current is var book && book.CardOn(day) is { } card
        && book.MarketNamed(market) is { } known && PriceOn(card, known, of) is { } amount
            ? new PriceEstimate.List(amount, card.Currency, known.Name, card.From)
            : new PriceEstimate.Unknown();

    public static PriceEstimate Estimate(PriceQuestion question)
    {
        var book = PriceBook.Current;
        if (book.RuleOn(question.Day) is not { } rule)
        {
            return new PriceEstimate.Unknown();
        }

        if (question.FreeEntryPoint)
        {
            return new PriceEstimate.Free(FreeBecause.EntryPoint);
        }

        var charge = question.Category switch
        {
            PriceCategory.Marketing => rule.Marketing,
            PriceCategory.Utility => question.WindowOpen ? rule.UtilityInWindow : rule.Utility,
            PriceCategory.Authentication => rule.Authentication,
            _ => rule.Service,
        };
        if (charge == "free")
        {
            return new PriceEstimate.Free(FreeBecause.Rule);
        }

        if (question.Category == PriceCategory.Service && rule.FreeServiceMessages > 0)
        {
            switch (question.ServiceMessagesThisMonth)
            {
                case null:
                    return new PriceEstimate.Unknown();
                case { } sent when sent < rule.FreeServiceMessages:
                    return new PriceEstimate.Free(FreeBecause.Allowance);
            }
        }

        return book.CardOn(question.Day) is { } card
            && book.MarketOf(question.Phone, question.UserId, question.Day) is { } market
            && PriceOn(card, market, question.Category) is { } amount
                ? new PriceEstimate.List(amount, card.Currency, market.Name, card.From)
                : new PriceEstimate.Unknown();
    }

    private static decimal? PriceOn(RateCard card, Market market, PriceCategory category) =>
        card.Rates.TryGetValue(market.Id, out var rates) && rates.TryGetValue(category.ToString().ToLowerInvariant(), out var amount) ? amount : null;
}
