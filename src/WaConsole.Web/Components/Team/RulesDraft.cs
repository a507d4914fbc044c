using WaConsole.Core.Sending;

namespace WaConsole.Web.Components.Team;

/// <summary>Rules of sending while an admin changes them.</summary>
internal sealed class RulesDraft(GateSettings settings)
{
    public int RepeatMinutes { get; set; } = settings.RepeatMinutes;

    public int MarketingAtMost { get; set; } = settings.MarketingAtMost;

    public int MarketingDays { get; set; } = settings.MarketingDays;

    public TimeOnly? QuietFrom { get; set; } = settings.QuietFrom;

    public TimeOnly? QuietTo { get; set; } = settings.QuietTo;

    public int UnansweredAtMost { get; set; } = settings.UnansweredAtMost;

    public int UnansweredMinutes { get; set; } = settings.UnansweredMinutes;

    public bool UtilityToAnybody { get; set; } = settings.UtilityToAnybody;

    /// <summary>One on each line.</summary>
    public string BusinessNames { get; set; } = string.Join('\n', settings.BusinessNames);

    public List<Rule> Countries { get; } = [.. settings.Countries.Select(rule => new Rule
    {
        Country = rule.Country,
        QuietFrom = rule.QuietFrom,
        QuietTo = rule.QuietTo,
        MarketingAtMost = rule.MarketingAtMost,
    })];

    public GateSettings Read() => new()
    {
        RepeatMinutes = RepeatMinutes,
        MarketingAtMost = MarketingAtMost,
        MarketingDays = MarketingDays,
        QuietFrom = QuietFrom,
        QuietTo = QuietTo,
        UnansweredAtMost = UnansweredAtMost,
        UnansweredMinutes = UnansweredMinutes,
        UtilityToAnybody = UtilityToAnybody,
        BusinessNames =
        [
            .. BusinessNames.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase),
        ],
        Countries = [.. Countries.Select(rule => new CountryRule(rule.Country, rule.QuietFrom, rule.QuietTo, rule.MarketingAtMost))],
    };

    internal sealed class Rule
    {
        public required string Country { get; init; }

        public TimeOnly? QuietFrom { get; set; }

        public TimeOnly? QuietTo { get; set; }

        public int? MarketingAtMost { get; set; }
    }
}
