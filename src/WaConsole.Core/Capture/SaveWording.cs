using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Capture;

/// <summary>What an admin writes: <see cref="Id"/> null for a new wording. The words are the draft of one language.</summary>
public sealed record WordingDraft(long? Id, string Name, string BusinessName, ConsentPurpose Purpose, string Language, string Text)
{
    public const int MaxPrivacyVersion = Wording.MaxPrivacyVersion;

    /// <summary>Version or date of the privacy notice that the words link to.</summary>
    public string? PrivacyVersion { get; init; }
}

public abstract record SaveWordingOutcome
{
    private SaveWordingOutcome()
    {
    }

    public sealed record Saved(long WordingId, long VersionId) : SaveWordingOutcome;

    public sealed record Refused(string Sentence) : SaveWordingOutcome;

    public sealed record NoSuchWording : SaveWordingOutcome;
}

/// <summary>Keeps the draft of a wording in one language. What was published stays as it was.</summary>
public sealed class SaveWording
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal SaveWording(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<SaveWordingOutcome> RunAsync(Caller caller, WordingDraft draft, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        var name = StoredText.Clean(draft.Name.Trim(), Wording.MaxName);
        var business = StoredText.Clean(draft.BusinessName.Trim(), Wording.MaxBusiness);
        var text = StoredText.Clean(draft.Text.ReplaceLineEndings("\n").Trim(), Wording.MaxText);
        if (Problem(draft, name, business, text) is { } problem)
        {
            return new SaveWordingOutcome.Refused(Texts.Capture.Of(problem));
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var wording = draft.Id is { } id ? await db.Wordings.SingleOrDefaultAsync(w => w.Id == id, cancellationToken) : Added(db);
        if (wording is null)
        {
            return new SaveWordingOutcome.NoSuchWording();
        }

        // What people agreed to under this name stays what they agreed to.
        if (wording.Id != 0 && wording.Purpose != draft.Purpose
            && await db.WordingVersions.AnyAsync(v => v.WordingId == wording.Id && v.PublishedAtUtc != null, cancellationToken))
        {
            return new SaveWordingOutcome.Refused(Texts.Capture.Of("PurposeFixed"));
        }

        (wording.Name, wording.BusinessName, wording.Purpose) = (name, business, draft.Purpose);
        await db.SaveChangesAsync(cancellationToken);
        var version = await db.WordingVersions.SingleOrDefaultAsync(
            v => v.WordingId == wording.Id && v.Language == draft.Language && v.Version == WordingVersion.Draft, cancellationToken);
        if (version is null)
        {
            version = new WordingVersion { WordingId = wording.Id, Language = draft.Language, Version = WordingVersion.Draft };
            db.WordingVersions.Add(version);
        }

        (version.BusinessName, version.Text, version.Hash) = (business, text, Secrets.HashOf(text));
        version.PrivacyVersion = StoredText.CleanOrNull(draft.PrivacyVersion?.Trim(), Wording.MaxPrivacyVersion);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _live.Publish(new CaptureChanged());
        return new SaveWordingOutcome.Saved(wording.Id, version.Id);
    }

    private Wording Added(WaConsoleDb db)
    {
        var wording = new Wording { CreatedAtUtc = _clock.GetUtcNow().UtcDateTime };
        db.Wordings.Add(wording);
        return wording;
    }

    private static string? Problem(WordingDraft draft, string name, string business, string text) =>
        name.Length == 0 ? "NameMissing"
        : business.Length == 0 ? "BusinessMissing"
        : text.Length == 0 ? "TextMissing"
        : !Enum.IsDefined(draft.Purpose) ? "PurposeUnknown"
        : TemplateLanguages.Find(draft.Language) is null ? "LanguageUnknown"
        : null;
}
