using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>An entry to be written: see <see cref="KeepConsent"/>.</summary>
internal sealed record NewConsent(ConsentPurpose Purpose, ConsentAction Action, ConsentSource Source, DateTime AtUtc)
{
    public string? TimeZone { get; init; }

    public string? BusinessName { get; init; }

    public long? NumberId { get; init; }

    public ShownWording? Wording { get; init; }

    public string? PrivacyVersion { get; init; }

    public LawfulBasis? Basis { get; init; }

    public string? Jurisdiction { get; init; }

    public DateTime? ExpiresAtUtc { get; init; }

    public long? ActorId { get; init; }

    public string ActorName { get; init; } = "";

    public Guid? AskKey { get; init; }

    public long? AnswersEntryId { get; init; }

    public ConsentEvidence Evidence { get; init; } = new();

    /// <summary>Said by the person from their own phone: nobody else ends what is left of an erasure.</summary>
    public bool ByThemselves { get; init; }

    /// <summary>See ConsentEntry.Marks.</summary>
    public IReadOnlyList<string>? Marks { get; init; }

    public static NewConsent Stop(ConsentPurpose purpose, ConsentSource source, DateTime atUtc, ConsentEvidence? evidence = null) =>
        new(purpose, ConsentAction.Withdrawn, source, atUtc) { Evidence = evidence ?? new() };

    public static NewConsent Lift(ConsentSource source, DateTime atUtc, ConsentEvidence? evidence = null) =>
        new(ConsentPurpose.All, ConsentAction.StopLifted, source, atUtc) { Evidence = evidence ?? new() };

    /// <summary>Agreeing again while it stands renews it: by when it happened, for everything it covers, and for the business that is named.</summary>
    public NewConsent Renewing(IReadOnlyCollection<LedgerLine> lines) =>
        Action == ConsentAction.Granted
        && (Purpose == ConsentPurpose.All ? ConsentLedger.Purposes : [Purpose]).All(purpose =>
            Stand(lines, purpose).At(AtUtc) is { What: Standing.OptedIn } now && now.SinceUtc < AtUtc)
            ? this with { Action = ConsentAction.Renewed }
            : this;

    private PurposeStanding Stand(IReadOnlyCollection<LedgerLine> lines, ConsentPurpose purpose) =>
        BusinessName is { } name ? ConsentLedger.StandFor(lines, purpose, [name]) : ConsentLedger.Stand(lines, purpose);

    /// <summary>Every text fit to be stored, without the blanks around it, and no longer than it can be in earnest.</summary>
    public NewConsent Cleaned() => this with
    {
        TimeZone = StoredText.CleanOrNull(TimeZone?.Trim(), 64),
        BusinessName = StoredText.CleanOrNull(BusinessName?.Trim(), 300),
        Wording = Wording is null ? null : Wording with { Language = StoredText.Clean(Wording.Language.Trim(), 16) },
        PrivacyVersion = StoredText.CleanOrNull(PrivacyVersion?.Trim(), 64),
        Jurisdiction = StoredText.CleanOrNull(Jurisdiction?.Trim(), 8),
        ActorName = StoredText.Clean(ActorName, 300),
        Evidence = Evidence.Cleaned(),
    };
}

/// <summary>The words a person saw. <see cref="HasAllParts"/>: they name the business, WhatsApp, how to stop, and the privacy notice.</summary>
public sealed record ShownWording(long? Id, int? Version, string Language, string Hash, bool HasAllParts);
