using System.Text.Json;
using System.Text.Json.Serialization;
using WaConsole.Core.Consent;

namespace WaConsole.Core.OptIns.Imports;

public enum DateOrder
{
    /// <summary>31.12.2026 or 31/12/2026.</summary>
    DayFirst = 1,

    /// <summary>12/31/2026.</summary>
    MonthFirst = 2,
}

/// <summary>
/// What the columns of a file mean, and what holds for all its rows. Columns count from zero. A date with the year first, and a date of a
/// spreadsheet, is read whatever <see cref="Dates"/> says.
/// </summary>
public sealed record ImportTerms
{
    private const int MostBusinesses = 1_000;

    private readonly Dictionary<string, ShownWording> _shown = new(StringComparer.Ordinal);

    public bool HasHeader { get; init; } = true;

    public int? PhoneColumn { get; init; }

    public int? NameColumn { get; init; }

    public int? DateColumn { get; init; }

    public int? EvidenceColumn { get; init; }

    /// <summary>Which of our numbers: as a phone number, by WhatsApp's id of it, or by its name.</summary>
    public int? NumberColumn { get; init; }

    public int? BusinessColumn { get; init; }

    /// <summary>Version or date of the privacy notice.</summary>
    public int? PrivacyColumn { get; init; }

    /// <summary>Until when: of a date without a time, to the end of that day.</summary>
    public int? ExpiryColumn { get; init; }

    /// <summary>ISO country of numbers written without their country code.</summary>
    public string PhoneCountry { get; init; } = "";

    public DateOrder Dates { get; init; } = DateOrder.DayFirst;

    /// <summary>IANA zone of dates without an offset; empty for the usual one of the business, and in what was stored before there was a choice, for UTC.</summary>
    public string TimeZone { get; init; } = "";

    public ConsentPurpose Purpose { get; init; } = ConsentPurpose.Marketing;

    /// <summary>How the people agreed.</summary>
    public ConsentSource? Origin { get; init; }

    public LawfulBasis Basis { get; init; } = LawfulBasis.Consent;

    /// <summary>Whose law; empty for that of each phone number's country.</summary>
    public string Jurisdiction { get; init; } = "";

    public string BusinessName { get; init; } = "";

    public string WordingText { get; init; } = "";

    public string WordingLanguage { get; init; } = "";

    /// <summary>What proves it, where no column says so.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>When they agreed, where no column says so.</summary>
    public DateTime? AtUtc { get; init; }

    /// <summary>Which of our numbers, where no column says so; null for any.</summary>
    public long? NumberId { get; init; }

    /// <summary>Which privacy notice they could read, where no column says so.</summary>
    public string PrivacyVersion { get; init; } = "";

    /// <summary>Until when, where no column says so; null for as the market is set.</summary>
    public DateTime? ExpiresAtUtc { get; init; }

    /// <summary>By which whoever described the list reaches this console: no address of its is a privacy notice.</summary>
    public string? OwnHost { get; init; }

    /// <summary>Our numbers by what a column may call them: those that whoever described the list may see.</summary>
    [JsonInclude]
    internal IReadOnlyDictionary<string, long> Numbers { get; init; } = new Dictionary<string, long>();

    /// <summary>The same for every row of a business, and looked at once for each.</summary>
    internal ShownWording ShownFor(string business)
    {
        if (!_shown.TryGetValue(business, out var shown))
        {
            shown = WordingRules.Shown(WordingText, WordingLanguage, business, OwnHost);
            if (_shown.Count < MostBusinesses)
            {
                _shown[business] = shown;
            }
        }

        return shown;
    }

    [JsonIgnore]
    internal TimeZoneInfo Zone => field ??= TimeZone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    internal string Write() => JsonSerializer.Serialize(this);

    internal static ImportTerms? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<ImportTerms>(json);
}
