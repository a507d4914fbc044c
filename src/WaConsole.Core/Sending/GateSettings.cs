using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Core.Sending;

/// <summary>What an admin sets otherwise for one country. What is null is as everywhere.</summary>
public sealed record CountryRule(string Country, TimeOnly? QuietFrom, TimeOnly? QuietTo, int? MarketingAtMost);

/// <summary>
/// What a business account asks of the gate beyond WhatsApp's own rules. Zero, or no time of day, means that a rule is off. Free-form
/// replies in an open window and what an agent sends to a customer who just wrote are never held by quiet hours or the marketing cap.
/// </summary>
public sealed record GateSettings
{
    /// <summary>The same template with the same values goes to the same person once in this time; authentication codes excepted.</summary>
    public int RepeatMinutes { get; init; } = 60;

    public int MarketingAtMost { get; init; } = 4;

    public int MarketingDays { get; init; } = 7;

    /// <summary>From when to when no marketing goes out, on the clock where the person lives.</summary>
    public TimeOnly? QuietFrom { get; init; } = new TimeOnly(21, 0);

    public TimeOnly? QuietTo { get; init; } = new TimeOnly(8, 0);

    /// <summary>Messages in a row that one person did not answer, whoever sends them.</summary>
    public int UnansweredAtMost { get; init; } = 45;

    public int UnansweredMinutes { get; init; } = 10;

    /// <summary>
    /// Utility templates go also to people who neither wrote nor agreed to anything: for a business whose own systems keep their permission.
    /// WhatsApp asks for one for every message a business begins (Messaging policy, 2024).
    /// </summary>
    public bool UtilityToAnybody { get; init; }

    /// <summary>
    /// The names customers know this account by. Marketing goes to who agreed to hear from one of them; with none, every opt-in of the console
    /// counts. An opt-in names one business (Messaging policy, "getting opt-in", 2025), and a console may hold the accounts of several.
    /// </summary>
    public IReadOnlyList<string> BusinessNames { get; init; } = [];

    public IReadOnlyList<CountryRule> Countries { get; init; } = [];

    /// <summary>Nobody sleeps or gave a number behind a simulated one, and who tries the program out is not kept waiting.</summary>
    internal static GateSettings Default(bool isSimulated) =>
        isSimulated ? new GateSettings { QuietFrom = null, QuietTo = null, UtilityToAnybody = true } : new GateSettings();

    /// <summary>The same as far as it concerns one person: by whose law they agreed, or else where their number is from.</summary>
    internal GateSettings For(string? law, string? country)
    {
        var rule = Countries.FirstOrDefault(rule => rule.Country == law) ?? Countries.FirstOrDefault(rule => rule.Country == country);
        return rule is null
            ? this
            : this with
            {
                QuietFrom = rule.QuietFrom ?? QuietFrom,
                QuietTo = rule.QuietTo ?? QuietTo,
                MarketingAtMost = rule.MarketingAtMost ?? MarketingAtMost,
            };
    }

    /// <summary>What must be known of the past to answer.</summary>
    internal TimeSpan Memory => TimeSpan.FromMinutes(Math.Max(RepeatMinutes, MarketingDays * 24 * 60));

    internal string Write() => JsonSerializer.Serialize(this, GateSettingsJson.Default.GateSettings);

    internal static GateSettings Of(Numbers.BusinessAccount account) =>
        account.GateJson is { } json && JsonSerializer.Deserialize(json, GateSettingsJson.Default.GateSettings) is { } settings
            ? settings
            : Default(account.IsSimulated);
}

[JsonSerializable(typeof(GateSettings))]
internal sealed partial class GateSettingsJson : JsonSerializerContext;
