using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>A wish to be left alone, however it was told.</summary>
public sealed record OptOutRequest(ConsentPurpose Purpose, ConsentSource Source)
{
    /// <summary>When the person said so; null for now.</summary>
    public DateTime? AtUtc { get; init; }

    public ConsentEvidence Evidence { get; init; } = new();
}

public abstract record RecordOptOutOutcome
{
    private RecordOptOutOutcome()
    {
    }

    public sealed record Recorded(long EntryId) : RecordOptOutOutcome;

    public sealed record Refused(string Sentence) : RecordOptOutOutcome;

    public sealed record NoSuchContact : RecordOptOutOutcome;
}

/// <summary>A colleague or a program writes down that somebody wants no more. It needs no proof.</summary>
public sealed class RecordOptOut
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal RecordOptOut(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<RecordOptOutOutcome> RunAsync(Caller caller, long contactId, OptOutRequest request, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var now = _clock.GetUtcNow().UtcDateTime;
        if (request.AtUtc > now + ClocksDiffer)
        {
            return new RecordOptOutOutcome.Refused(Texts.OptIns.Of("AtInFuture"));
        }

        if (!Enum.IsDefined(request.Purpose) || !Enum.IsDefined(request.Source))
        {
            return new RecordOptOutOutcome.Refused(Texts.OptIns.Of("UnknownKind"));
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ContactAccess.LockAsync(db, caller, contactId, cancellationToken) is not { } contact)
        {
            return new RecordOptOutOutcome.NoSuchContact();
        }

        var stop = NewConsent.Stop(request.Purpose, request.Source, request.AtUtc ?? now, request.Evidence) with
        {
            ActorId = caller.AgentId,
            ActorName = caller.Name,
        };
        var entry = await KeepConsent.ApplyAsync(db, contact, stop, cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.OptedOut, contactId, now));
        await db.SaveChangesAsync(cancellationToken);
        var changes = new ChangeSet();
        await TellConsent.ApplyAsync(db, contactId, changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.PublishTo(_live);
        return new RecordOptOutOutcome.Recorded(entry.Id);
    }
}
