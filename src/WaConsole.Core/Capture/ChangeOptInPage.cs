using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

public abstract record ChangeOptInPageOutcome
{
    private ChangeOptInPageOutcome()
    {
    }

    public sealed record Changed : ChangeOptInPageOutcome;

    /// <summary>What it lacks, in words.</summary>
    public sealed record Refused(IReadOnlyList<string> Sentences) : ChangeOptInPageOutcome;

    public sealed record NoSuchPage : ChangeOptInPageOutcome;
}

/// <summary>Publishes a page, or closes it. It is not published without complete words.</summary>
public sealed class ChangeOptInPage
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal ChangeOptInPage(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<ChangeOptInPageOutcome> RunAsync(Caller caller, long pageId, bool isOpen, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.OptInPages.SingleOrDefaultAsync(p => p.Id == pageId, cancellationToken) is not { } page)
        {
            return new ChangeOptInPageOutcome.NoSuchPage();
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        if (isOpen)
        {
            var purpose = await db.Wordings.Where(w => w.Id == page.WordingId).Select(w => w.Purpose).SingleAsync(cancellationToken);
            var used = await MakeInvites.UsedAsync(db, page.WordingId, cancellationToken);
            if (PageRules.Lacks(page, purpose, used, await ListOptInPages.TemplatesAsync(db, page, cancellationToken)) is { Count: > 0 } lacks)
            {
                return new ChangeOptInPageOutcome.Refused([.. lacks.Select(name => Texts.Capture.Of(name))]);
            }

            (page.State, page.PublishedAtUtc, page.ClosedAtUtc) = (OptInPageState.Published, page.PublishedAtUtc ?? now, null);
            await MakeInvites.ApplyAsync(db, page, cancellationToken);
        }
        else
        {
            (page.State, page.ClosedAtUtc) = (OptInPageState.Closed, now);
        }

        db.ConsentAudits.Add(ConsentAudit.Of(
            caller.AgentId, caller.Name, ConsentDeed.ChangedPage, null, now, new AuditDetail.Page(page.Name, isOpen ? PageDeed.Published : PageDeed.Closed)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _live.Publish(new CaptureChanged());
        return new ChangeOptInPageOutcome.Changed();
    }
}
