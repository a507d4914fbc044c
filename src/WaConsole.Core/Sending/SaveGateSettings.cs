using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Countries;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Sending;

public sealed class GateSettingsValidator : AbstractValidator<GateSettings>
{
    public const int MostMinutes = 7 * 24 * 60;
    public const int MostDays = 30;
    public const int MostMessages = 1_000;
    public const int MostNames = 20;
    public const int LongestName = 300;

    public GateSettingsValidator()
    {
        RuleFor(s => s.RepeatMinutes).InclusiveBetween(0, MostMinutes).WithMessage(_ => Texts.Sending.Of("SettingRange", 0, MostMinutes));
        RuleFor(s => s.MarketingAtMost).InclusiveBetween(0, MostMessages).WithMessage(_ => Texts.Sending.Of("SettingRange", 0, MostMessages));
        RuleFor(s => s.MarketingDays).InclusiveBetween(1, MostDays).WithMessage(_ => Texts.Sending.Of("SettingRange", 1, MostDays));
        RuleFor(s => s.UnansweredAtMost).InclusiveBetween(0, MostMessages).WithMessage(_ => Texts.Sending.Of("SettingRange", 0, MostMessages));
        RuleFor(s => s.UnansweredMinutes).InclusiveBetween(1, MostMinutes).WithMessage(_ => Texts.Sending.Of("SettingRange", 1, MostMinutes));
        RuleFor(s => s).Must(s => Pair(s.QuietFrom, s.QuietTo)).WithMessage(_ => Texts.Sending.Of("SettingQuiet"));
        RuleForEach(s => s.Countries).Must(rule => CountryZones.Knows(rule.Country)).WithMessage((_, rule) => Texts.Sending.Of("SettingCountry", rule.Country));
        RuleForEach(s => s.Countries).Must(rule => Pair(rule.QuietFrom, rule.QuietTo)).WithMessage(_ => Texts.Sending.Of("SettingQuiet"));
        RuleForEach(s => s.Countries).Must(rule => rule.MarketingAtMost is null or (>= 0 and <= MostMessages))
            .WithMessage(_ => Texts.Sending.Of("SettingRange", 0, MostMessages));
        RuleFor(s => s.Countries).Must(rules => rules.Select(rule => rule.Country).Distinct().Count() == rules.Count)
            .WithMessage(_ => Texts.Sending.Of("SettingCountryTwice"));
        RuleFor(s => s.BusinessNames).Must(names => names.Count <= MostNames && names.All(name => name.Length <= LongestName))
            .WithMessage(_ => Texts.Sending.Of("SettingNames", MostNames, LongestName));
    }

    private static bool Pair(TimeOnly? from, TimeOnly? to) => (from is null) == (to is null) && (from is null || from != to);
}

public abstract record SaveGateSettingsOutcome
{
    private SaveGateSettingsOutcome()
    {
    }

    public sealed record Saved : SaveGateSettingsOutcome;

    public sealed record NoSuchAccount : SaveGateSettingsOutcome;

    public sealed record Invalid(IReadOnlyList<string> Sentences) : SaveGateSettingsOutcome;
}

/// <summary>Changes an account's rules of sending. They hold for the next question to the gate, for what is queued already too.</summary>
public sealed class SaveGateSettings(Store store, LiveUpdates live, TimeProvider clock)
{
    private static readonly GateSettingsValidator Validator = new();

    public async Task<SaveGateSettingsOutcome> RunAsync(Caller caller, long accountId, GateSettings settings, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Validator.Validate(settings) is { IsValid: false } result)
        {
            return new SaveGateSettingsOutcome.Invalid([.. result.Errors.Select(error => error.ErrorMessage).Distinct()]);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var json = settings.Write();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.BusinessAccounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.GateJson, json), cancellationToken) == 0)
        {
            return new SaveGateSettingsOutcome.NoSuchAccount();
        }

        var account = await db.BusinessAccounts.Where(a => a.Id == accountId).Select(a => a.Name).SingleAsync(cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(
            caller.AgentId, caller.Name, ConsentDeed.ChangedSettings, null, clock.GetUtcNow().UtcDateTime, Detail(account, settings)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish(new NumbersChanged(accountId));
        return new SaveGateSettingsOutcome.Saved();
    }

    private static AuditDetail.Sending Detail(string account, GateSettings settings) => new(account)
    {
        RepeatMinutes = settings.RepeatMinutes,
        MarketingAtMost = settings.MarketingAtMost,
        MarketingDays = settings.MarketingDays,
        QuietFrom = settings.QuietFrom,
        QuietTo = settings.QuietTo,
        UnansweredAtMost = settings.UnansweredAtMost,
        UnansweredMinutes = settings.UnansweredMinutes,
        UtilityToAnybody = settings.UtilityToAnybody,
        BusinessNames = settings.BusinessNames,
        Countries = [.. settings.Countries.Select(rule => new AuditDetail.CountryLine(rule.Country, rule.QuietFrom, rule.QuietTo, rule.MarketingAtMost))],
    };
}
