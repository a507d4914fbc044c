using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.OptIns;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

public abstract record PublishWordingOutcome
{
    private PublishWordingOutcome()
    {
    }

    public sealed record Published(long VersionId, int Version) : PublishWordingOutcome;

    /// <summary>A sentence for each part the words lack.</summary>
    public sealed record Refused(IReadOnlyList<string> Sentences) : PublishWordingOutcome;

    public sealed record NoSuchDraft : PublishWordingOutcome;
}

/// <summary>Makes the draft of a language its next version, from now on in use. It is never changed again.</summary>
public sealed class PublishWording
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal PublishWording(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    /// <summary>A sentence for each required part that the words lack.</summary>
    public static IReadOnlyList<string> Lacks(string text, string businessName, string? ownHost = null) =>
        [.. WordingRules.Missing(text, businessName, ownHost).Select(part => Texts.Capture.Of($"Lacks{part}"))];

    /// <param name="ownHost">By which the caller reaches this console.</param>
    public async Task<PublishWordingOutcome> RunAsync(
        Caller caller, long wordingId, string language, string? ownHost, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var versions = await db.WordingVersions.Where(v => v.WordingId == wordingId && v.Language == language).ToListAsync(cancellationToken);
        if (versions.SingleOrDefault(version => version.Version == WordingVersion.Draft) is not { } draft)
        {
            return new PublishWordingOutcome.NoSuchDraft();
        }

        if (Lacks(draft.Text, draft.BusinessName, ownHost) is { Count: > 0 } lacks)
        {
            return new PublishWordingOutcome.Refused(lacks);
        }

        draft.Version = versions.Max(version => version.Version) + 1;
        draft.PublishedAtUtc = _clock.GetUtcNow().UtcDateTime;
        draft.PublishedBy = caller.Name;
        var name = await db.Wordings.Where(w => w.Id == wordingId).Select(w => w.Name).SingleAsync(cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(
            caller.AgentId, caller.Name, ConsentDeed.PublishedWording, null, draft.PublishedAtUtc.Value, new AuditDetail.Words(name, language, draft.Version)));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var page in await db.OptInPages.Where(p => p.WordingId == wordingId && p.State == OptInPageState.Published).ToListAsync(cancellationToken))
        {
            await MakeInvites.ApplyAsync(db, page, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        _live.Publish(new CaptureChanged());
        return new PublishWordingOutcome.Published(draft.Id, draft.Version);
    }
}
