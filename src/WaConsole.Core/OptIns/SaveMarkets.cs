using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

public sealed class RenewalTermsValidator : AbstractValidator<RenewalTerms>
{
    public const int MostMonths = 120;
    public const int MostMarkets = 300;

    public RenewalTermsValidator()
    {
        RuleFor(t => t.Markets).Must(markets => markets.Count(market => market.Market == RenewalTerms.Elsewhere) == 1 && markets.Count <= MostMarkets)
            .WithMessage(_ => Texts.OptIns.Of("MarketElsewhere"));
        RuleFor(t => t.Markets).Must(markets => markets.DistinctBy(market => market.Market).Count() == markets.Count).WithMessage(_ => Texts.OptIns.Of("MarketTwice"));
        RuleForEach(t => t.Markets).Must(market => market.Market is RenewalTerms.Elsewhere or [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            .WithMessage((_, market) => Texts.OptIns.Of("MarketUnknown", market.Market));
        RuleForEach(t => t.Markets).Must(market => market.ConsentMonths is >= 0 and <= MostMonths && market.SoftOptInMonths is >= 0 and <= MostMonths)
            .WithMessage(_ => Texts.OptIns.Of("MarketMonths", MostMonths));
        RuleForEach(t => t.Markets).Must(market => market.Basis is LawfulBasis.Consent or LawfulBasis.SoftOptIn).WithMessage(_ => Texts.OptIns.Of("MarketBasis"));
    }
}

public abstract record SaveMarketsOutcome
{
    private SaveMarketsOutcome()
    {
    }

    public sealed record Saved : SaveMarketsOutcome;

    public sealed record Refused(IReadOnlyList<string> Sentences) : SaveMarketsOutcome;
}

/// <summary>Sets what holds in which market. It holds for what is agreed to from then on: an entry keeps the end it was written with.</summary>
public sealed class SaveMarkets
{
    private static readonly RenewalTermsValidator Validator = new();

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly TimeProvider _clock;

    internal SaveMarkets(Store store, WriterLane lane, TimeProvider clock)
    {
        (_store, _lane, _clock) = (store, lane, clock);
    }

    public async Task<SaveMarketsOutcome> RunAsync(Caller caller, RenewalTerms terms, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Validator.Validate(terms) is { IsValid: false } result)
        {
            return new SaveMarketsOutcome.Refused([.. result.Errors.Select(error => error.ErrorMessage).Distinct()]);
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        var row = await db.ConsentSettings.SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            row = new ConsentSettings();
            db.ConsentSettings.Add(row);
        }

        row.RenewalJson = terms.Write();
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.ChangedSettings, null, _clock.GetUtcNow().UtcDateTime, Detail(terms)));
        await db.SaveChangesAsync(cancellationToken);
        return new SaveMarketsOutcome.Saved();
    }

    private static AuditDetail.Markets Detail(RenewalTerms terms) =>
        new([.. terms.Markets.Select(market => new AuditDetail.MarketLine(market.Market, market.Basis, market.ConsentMonths, market.SoftOptInMonths))]);
}
