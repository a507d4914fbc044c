using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Core.Consent;

public enum PageDeed
{
    Made = 1,
    Changed = 2,
    Published = 3,
    Closed = 4,
}

/// <summary>
/// What a line of the audit log tells besides its deed: counts, formats and settings, nothing of a person. The facts are kept, not their
/// words: who reads them may read another language than who did it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = Kind)]
[JsonDerivedType(typeof(ProofFile), "file")]
[JsonDerivedType(typeof(Entry), "entry")]
[JsonDerivedType(typeof(Export), "export")]
[JsonDerivedType(typeof(Erased), "erased")]
[JsonDerivedType(typeof(Verified), "verified")]
[JsonDerivedType(typeof(Import), "import")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Retention), "retention")]
[JsonDerivedType(typeof(Markets), "markets")]
[JsonDerivedType(typeof(StopAnswer), "stop answer")]
[JsonDerivedType(typeof(Sending), "sending")]
public abstract record AuditDetail
{
    private const string Kind = "what";

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private AuditDetail()
    {
    }

    /// <summary>A file that proves an opt-in was opened.</summary>
    public sealed record ProofFile : AuditDetail;

    public sealed record Entry(long Id) : AuditDetail;

    /// <param name="Format">"json" or "html".</param>
    public sealed record Export(string Format) : AuditDetail;

    public sealed record Erased(long Messages, long Files) : AuditDetail;

    public sealed record Verified(long Entries, long Links, long Faults) : AuditDetail;

    public sealed record Import(long Id) : AuditDetail;

    public sealed record Words(string Name, string Language, int Version) : AuditDetail;

    public sealed record Page(string Name, PageDeed Deed) : AuditDetail;

    /// <summary>Null for ever.</summary>
    public sealed record Retention(int? MessageDays, int? FileDays, int? AuditDays, int? QuarantineDays, int? ImportFileDays) : AuditDetail;

    /// <param name="All">What <see cref="MarketTerms"/> says; lines from before it was noted name no basis.</param>
    public sealed record Markets(IReadOnlyList<MarketLine> All) : AuditDetail;

    public sealed record MarketLine(string Market, LawfulBasis? Basis, int ConsentMonths, int SoftOptInMonths);

    /// <param name="Languages">Those with words of their own.</param>
    public sealed record StopAnswer(string Account, bool IsOn, IReadOnlyList<string> Languages) : AuditDetail;

    /// <summary>Zero, or no time of day, is off.</summary>
    public sealed record Sending(string Account) : AuditDetail
    {
        public int RepeatMinutes { get; init; }

        public int MarketingAtMost { get; init; }

        public int MarketingDays { get; init; }

        public TimeOnly? QuietFrom { get; init; }

        public TimeOnly? QuietTo { get; init; }

        public int UnansweredAtMost { get; init; }

        public int UnansweredMinutes { get; init; }

        public bool UtilityToAnybody { get; init; }

        public IReadOnlyList<string> BusinessNames { get; init; } = [];

        public IReadOnlyList<CountryLine> Countries { get; init; } = [];
    }

    public sealed record CountryLine(string Country, TimeOnly? QuietFrom, TimeOnly? QuietTo, int? MarketingAtMost);

    /// <summary>What a release wrote that this one does not know; never written.</summary>
    public sealed record Unknown(string Text) : AuditDetail;

    public string Write() => JsonSerializer.Serialize(this, Options);

    public static AuditDetail? Read(string? kept) => kept switch
    {
        null or "" => null,
        ['{', ..] => OfJson(kept) ?? new Unknown(kept),
        _ => OldAuditDetail.Read(kept) ?? new Unknown(kept),
    };

    /// <summary>Terms of retention were once kept as they are in the settings.</summary>
    private static AuditDetail? OfJson(string kept)
    {
        try
        {
            using var json = JsonDocument.Parse(kept);
            return json.RootElement.TryGetProperty(Kind, out _) ? JsonSerializer.Deserialize<AuditDetail>(kept, Options)
                : json.RootElement.TryGetProperty(nameof(Retention.MessageDays), out _) ? JsonSerializer.Deserialize<Retention>(kept) : null;
        }
        catch (Exception cause) when (cause is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
