using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>An agreement, as whoever records it can prove it. <see cref="WordingText"/> is what the person saw or heard.</summary>
public sealed record OptInRequest(ConsentPurpose Purpose, ConsentSource Source, LawfulBasis Basis, string Jurisdiction)
{
    public string BusinessName { get; init; } = "";

    public string WordingText { get; init; } = "";

    public string WordingLanguage { get; init; } = "";

    /// <summary>Published words, in <see cref="WordingLanguage"/>: they are what the person saw, and name the business.</summary>
    public WordingReference? Wording { get; init; }

    /// <summary>Version or date of the privacy notice the person could read. Published words bring their own.</summary>
    public string? PrivacyVersion { get; init; }

    public long? NumberId { get; init; }

    /// <summary>When the person agreed; null for now.</summary>
    public DateTime? AtUtc { get; init; }

    public string? TimeZone { get; init; }

    public DateTime? ExpiresAtUtc { get; init; }

    public ConsentEvidence Evidence { get; init; } = new();

    /// <summary>By which the caller reaches this console: no address of its is a privacy notice.</summary>
    public string? OwnHost { get; init; }
}

/// <summary><see cref="Version"/> null for the one in use.</summary>
public sealed record WordingReference(long Id, int? Version = null);

public abstract record RecordOptInOutcome
{
    private RecordOptInOutcome()
    {
    }

    /// <summary>Written. Without <see cref="Complete"/> it does not count for marketing.</summary>
    public sealed record Recorded(long EntryId, bool Complete) : RecordOptInOutcome;

    public sealed record Refused(string Sentence) : RecordOptInOutcome;

    public sealed record NoSuchContact : RecordOptInOutcome;
}

/// <summary>A colleague or a program writes down that somebody agreed.</summary>
public sealed class RecordOptIn
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal RecordOptIn(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<RecordOptInOutcome> RunAsync(Caller caller, long contactId, OptInRequest request, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var now = _clock.GetUtcNow().UtcDateTime;
        if (Problem(request, now) is { } problem)
        {
            return new RecordOptInOutcome.Refused(Texts.OptIns.Of(problem));
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ContactAccess.LockAsync(db, caller, contactId, cancellationToken) is not { } contact)
        {
            return new RecordOptInOutcome.NoSuchContact();
        }

        var written = EntryOf(caller, request, now);
        if (request.Wording is { } named)
        {
            if (await ShownAsync(db, named, request, cancellationToken) is not { } shown)
            {
                return new RecordOptInOutcome.Refused(Texts.OptIns.Of("NoSuchWording"));
            }

            written = WithShown(written, shown);
        }

        if (request.NumberId is { } number && !(caller.MaySeeNumber(number) && await db.Numbers.AnyAsync(n => n.Id == number, cancellationToken)))
        {
            return new RecordOptInOutcome.Refused(Texts.OptIns.Of("NoSuchNumber"));
        }

        ConsentFile? proof = null;
        if (written.Evidence.File is { } key)
        {
            proof = await db.ConsentFiles.SingleOrDefaultAsync(
                f => f.Key == key && f.SubjectId == null && f.UploadedById == caller.AgentId && f.UploadedByApiKeyId == caller.ApiKeyId, cancellationToken);
            if (proof is null)
            {
                return new RecordOptInOutcome.Refused(Texts.OptIns.Of("NoSuchProof"));
            }
        }

        var entry = await KeepConsent.ApplyAsync(db, contact, written, cancellationToken);
        proof?.SubjectId = entry.SubjectId;
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.OptedIn, contactId, now));
        await db.SaveChangesAsync(cancellationToken);
        var changes = new ChangeSet();
        await TellConsent.ApplyAsync(db, contactId, changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.PublishTo(_live);
        return new RecordOptInOutcome.Recorded(entry.Id, entry.Complete);
    }

    /// <summary>The words as they are kept are the words that are looked at and hashed.</summary>
    private static NewConsent EntryOf(Caller caller, OptInRequest request, DateTime now)
    {
        var shown = StoredText.CleanOrNull(request.WordingText, 4_000);
        return new NewConsent(request.Purpose, ConsentAction.Granted, request.Source, request.AtUtc ?? now)
        {
            BusinessName = request.BusinessName,
            NumberId = request.NumberId,
            Wording = shown is null ? null : WordingRules.Shown(shown, request.WordingLanguage, request.BusinessName, request.OwnHost),
            PrivacyVersion = request.PrivacyVersion,
            Basis = request.Basis,
            Jurisdiction = request.Jurisdiction.ToUpperInvariant(),
            TimeZone = request.TimeZone,
            ExpiresAtUtc = request.ExpiresAtUtc,
            ActorId = caller.AgentId,
            ActorName = caller.Name,
            Evidence = request.Evidence with { Shown = shown },
        };
    }

    /// <summary>Published, in the language, and for the purpose or for everything.</summary>
    private static async Task<WordingVersion?> ShownAsync(
        WaConsoleDb db, WordingReference named, OptInRequest request, CancellationToken cancellationToken) =>
        await db.WordingVersions.AsNoTracking()
            .Where(v => v.WordingId == named.Id && v.Language == request.WordingLanguage && v.PublishedAtUtc != null)
            .Where(v => named.Version == null || v.Version == named.Version)
            .Where(v => db.Wordings.Any(w => w.Id == v.WordingId && (w.Purpose == request.Purpose || w.Purpose == ConsentPurpose.All)))
            .OrderByDescending(v => v.Version)
            .FirstOrDefaultAsync(cancellationToken);

    private static NewConsent WithShown(NewConsent written, WordingVersion shown) => written with
    {
        BusinessName = shown.BusinessName,
        Wording = new ShownWording(shown.WordingId, shown.Version, shown.Language, shown.Hash, HasAllParts: true),
        PrivacyVersion = shown.PrivacyVersion ?? written.PrivacyVersion,
        Evidence = written.Evidence with { Shown = shown.Text },
    };

    private static string? Problem(OptInRequest request, DateTime now) => request switch
    {
        { AtUtc: { } at } when at > now + ClocksDiffer => "AtInFuture",
        { Jurisdiction: var law } when law.Trim().Length is < 2 or > 8 => "JurisdictionMissing",
        { ExpiresAtUtc: { } expires } when expires <= now => "ExpiresInPast",
        _ when !Enum.IsDefined(request.Purpose) || !Enum.IsDefined(request.Source) || !Enum.IsDefined(request.Basis) => "UnknownKind",
        _ => null,
    };
}
