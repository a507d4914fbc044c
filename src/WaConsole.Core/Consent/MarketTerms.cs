using System.Text.Json;

namespace WaConsole.Core.Consent;

/// <summary>
/// What holds under the law of one market: the basis that capture begins with, and after how many months an opt-in wears out on which basis;
/// zero for never. <see cref="Market"/> is an ISO country, EU, or empty for everywhere else.
/// </summary>
public sealed record MarketTerms(string Market, LawfulBasis Basis, int ConsentMonths, int SoftOptInMonths);

/// <summary>
/// The markets of a business. What it begins with is usual practice and nobody's advice: in Europe two years; in Canada two years for who is a
/// customer (CASL, implied consent), in the United States eighteen months (an established business relationship), and no end of what was
/// agreed to expressly.
/// </summary>
public sealed record RenewalTerms
{
    public const string Elsewhere = "";
    public const string Europe = "EU";

    /// <summary>The European Economic Area: the Union's rules hold in all of it.</summary>
    private static readonly HashSet<string> InEurope = new(StringComparer.Ordinal)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO",
        "PL", "PT", "RO", "SE", "SI", "SK",
    };

    /// <summary>One of them is <see cref="Elsewhere"/>.</summary>
    public IReadOnlyList<MarketTerms> Markets { get; init; } =
    [
        new(Elsewhere, LawfulBasis.Consent, 24, 12),
        new(Europe, LawfulBasis.Consent, 24, 24),
        new("CA", LawfulBasis.Consent, 0, 24),
        new("US", LawfulBasis.Consent, 0, 18),
    ];

    /// <param name="law">Whose law: an ISO country, EU, or nothing that is known.</param>
    public MarketTerms Of(string? law)
    {
        var market = law?.Trim().ToUpperInvariant();
        return Markets.FirstOrDefault(terms => terms.Market == market)
            ?? (market is not null && InEurope.Contains(market) ? Markets.FirstOrDefault(terms => terms.Market == Europe) : null)
            ?? Markets.First(terms => terms.Market == Elsewhere);
    }

    /// <summary>When an opt-in of this moment wears out; null for never. What a contract or a duty needs does not wear out.</summary>
    public DateTime? ExpiryOf(LawfulBasis? basis, string? law, DateTime atUtc)
    {
        var terms = Of(law);
        var months = basis switch
        {
            LawfulBasis.SoftOptIn => terms.SoftOptInMonths,
            LawfulBasis.Contract or LawfulBasis.LegitimateInterest or LawfulBasis.LegalObligation => 0,
            _ => terms.ConsentMonths,
        };
        return months > 0 ? atUtc.AddMonths(months) : null;
    }

    /// <summary>A grant whose end nobody set ends as its market says, where it can carry offers; anything else stays as it is.</summary>
    internal NewConsent Dated(NewConsent consent) =>
        consent is { Action: ConsentAction.Granted or ConsentAction.Renewed, ExpiresAtUtc: null, Purpose: ConsentPurpose.Marketing or ConsentPurpose.All }
            ? consent with { ExpiresAtUtc = ExpiryOf(consent.Basis, consent.Jurisdiction, consent.AtUtc) }
            : consent;

    internal string Write() => JsonSerializer.Serialize(this);

    /// <summary>An empty object is what an installation begins with.</summary>
    internal static RenewalTerms Read(string? json) => json is null ? new() : JsonSerializer.Deserialize<RenewalTerms>(json) ?? new();
}
