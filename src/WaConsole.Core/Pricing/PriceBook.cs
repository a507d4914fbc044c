using System.Globalization;
using System.Text.Json;

namespace WaConsole.Core.Pricing;

internal sealed record Market(string Id, string Name, DateOnly? Since, string? Before, IReadOnlyList<string> Codes, IReadOnlyList<string> Countries);

internal sealed record RateCard(string Currency, DateOnly From, DateOnly? To, IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>> Rates);

/// <summary>What costs something from a day on. <see cref="FreeServiceMessages"/>: per number and calendar month.</summary>
internal sealed record PriceRule(
    DateOnly From, string Marketing, string Utility, string UtilityInWindow, string Authentication, string Service, int FreeServiceMessages);

/// <summary>Markets, rate cards and rules as data, each with the day it begins: see price-book.json.</summary>
internal sealed class PriceBook
{
    private static readonly Lazy<PriceBook> Loaded = new(Load);

    private readonly Dictionary<string, Market> _markets;
    private readonly Dictionary<string, Market> _byCode;
    private readonly Dictionary<string, Market> _byCountry;
    private readonly Dictionary<string, Market> _byName;
    private readonly HashSet<string> _otherAreas;

    private PriceBook(Content content)
    {
        _markets = content.Markets.ToDictionary(market => market.Id);
        _byCode = content.Markets.SelectMany(market => market.Codes.Select(code => (code, market))).DistinctBy(pair => pair.code)
            .ToDictionary(pair => pair.code, pair => pair.market);
        _byCountry = content.Markets.SelectMany(market => market.Countries.Select(country => (country, market))).DistinctBy(pair => pair.country)
            .ToDictionary(pair => pair.country, pair => pair.market);
        _byName = content.Markets.ToDictionary(market => market.Name);
        _otherAreas = [.. content.OtherAreaCodes];
        Cards = content.Cards;
        Rules = content.Rules;
    }

    public static PriceBook Current => Loaded.Value;

    public IReadOnlyList<RateCard> Cards { get; }

    public IReadOnlyList<PriceRule> Rules { get; }

    /// <summary>
    /// By the longest calling code of the phone; of somebody known by a user id alone by its country. What is listed nowhere is
    /// "other" (Meta, WhatsApp pricing, March 2026).
    /// </summary>
    /// <returns>Null when nothing tells the country.</returns>
    public Market? MarketOf(string? phone, string? userId, DateOnly day)
    {
        var market = phone is { Length: > 0 } ? ByPhone(phone) : userId is { Length: > 3 } && userId[2] == '.' ? _byCountry.GetValueOrDefault(userId[..2], _markets["other"]) : null;
        return market is { Since: { } since, Before: { } before } && day < since ? _markets[before] : market;
    }

    public Market? MarketNamed(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    public RateCard? CardOn(DateOnly day) =>
        Cards.Where(card => card.From <= day && (card.To is null || day <= card.To)).MaxBy(card => card.From);

    public PriceRule? RuleOn(DateOnly day) => Rules.Where(rule => rule.From <= day).MaxBy(rule => rule.From);

    private Market ByPhone(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));

        // Of +1 the area code decides: the Caribbean and Pacific ones Meta's table does not name are "other".
        if (digits.StartsWith('1') && digits.Length >= 4 && _otherAreas.Contains(digits[1..4]))
        {
            return _markets["other"];
        }

        for (var length = Math.Min(digits.Length, 4); length > 0; length--)
        {
            if (_byCode.TryGetValue(digits[..length], out var market))
            {
                return market;
            }
        }

        return _markets["other"];
    }

    private static PriceBook Load()
    {
        using var json = typeof(PriceBook).Assembly.GetManifestResourceStream("WaConsole.Core.price-book.json")!;
        using var book = JsonDocument.Parse(json);
        var root = book.RootElement;
        return new PriceBook(new Content(
            Texts(root, "otherAreaCodes"),
            [
                .. root.GetProperty("markets").EnumerateArray().Select(market => new Market(
                    Text(market, "id")!, Text(market, "name")!, Day(market, "since"), Text(market, "before"), Texts(market, "codes"), Texts(market, "countries"))),
            ],
            [.. root.GetProperty("cards").EnumerateArray().Select(Card)],
            [
                .. root.GetProperty("rules").EnumerateArray().Select(rule => new PriceRule(
                    Day(rule, "from")!.Value, Text(rule, "marketing")!, Text(rule, "utility")!, Text(rule, "utilityInWindow")!,
                    Text(rule, "authentication")!, Text(rule, "service")!, rule.GetProperty("freeServiceMessages").GetInt32())),
            ]));
    }

    private static RateCard Card(JsonElement card) => new(
        Text(card, "currency")!, Day(card, "from")!.Value, Day(card, "to"),
        card.GetProperty("rates").EnumerateObject().ToDictionary(
            rates => rates.Name,
            rates => (IReadOnlyDictionary<string, decimal>)rates.Value.EnumerateObject().ToDictionary(
                rate => rate.Name, rate => decimal.Parse(rate.Value.GetString()!, CultureInfo.InvariantCulture))));

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateOnly? Day(JsonElement owner, string name) =>
        Text(owner, name) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static List<string> Texts(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private sealed record Content(
        IReadOnlyList<string> OtherAreaCodes, IReadOnlyList<Market> Markets, IReadOnlyList<RateCard> Cards, IReadOnlyList<PriceRule> Rules);
}
