using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Templates.Review;

namespace WaConsole.Core.Templates;

public abstract record SyncTemplatesOutcome
{
    private SyncTemplatesOutcome()
    {
    }

    public sealed record Done(int Templates, int Gone) : SyncTemplatesOutcome;

    public sealed record NoSuchNumber : SyncTemplatesOutcome;

    /// <summary>WhatsApp could not be asked; our copy stays as it was, and the next reading goes on where this one ended.</summary>
    public sealed record Failed(int? Code, string Sentence) : SyncTemplatesOutcome;
}

/// <summary>Reads every template of an account and makes our copy equal: new, changed and deleted ones.</summary>
public sealed partial class SyncTemplates : IDisposable
{
    private const int PageSize = 100;
    private const int StaleCursor = 131059;
    private const int MaxRestarts = 2;
    private const int WordLength = 64;
    private const int ReasonLength = 1000;

    /// <summary>Of a template's name (Meta, Template components, 2025).</summary>
    private const int NameLength = 512;

    /// <summary>Meta does not say how long a cursor lasts; one that is refused begins anew.</summary>
    private static readonly TimeSpan ResumeWithin = TimeSpan.FromHours(1);

    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly ILogger<SyncTemplates> _log;
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _turns = [];

    internal SyncTemplates(
        Store store, AccountDirectory directory, CloudApiClient cloud, LiveUpdates live, TimeProvider clock, ILogger<SyncTemplates> log)
    {
        _store = store;
        _directory = directory;
        _cloud = cloud;
        _live = live;
        _clock = clock;
        _log = log;
    }

    /// <summary>The templates of the account a number belongs to.</summary>
    public async Task<SyncTemplatesOutcome> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        if (!caller.MaySeeNumber(numberId) || await _directory.NumberAsync(numberId, cancellationToken) is not { } number)
        {
            return new SyncTemplatesOutcome.NoSuchNumber();
        }

        try
        {
            return await ApplyAsync(number.Account, cancellationToken);
        }
        catch (CloudApiException refused)
        {
            LogFailed(number.Account.Id, refused.Error.Code, refused.Fault);
            var code = refused.Error.Code == CloudApiError.NoCode ? (int?)null : refused.Error.Code;
            return new SyncTemplatesOutcome.Failed(code, ErrorSentence.Of(refused.Error));
        }
    }

    public void Dispose()
    {
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }

    /// <summary>Whether this program reads the account's templates now.</summary>
    internal bool IsRunning(long accountId) => _turns.TryGetValue(accountId, out var turn) && turn.CurrentCount == 0;

    internal Task<SyncTemplatesOutcome.Done> ApplyAsync(AccountAccess account, CancellationToken cancellationToken) =>
        ApplyAsync(account, () => { }, cancellationToken);

    /// <summary>
    /// Page by page: each is merged with where the reading stands and forgotten before the next is asked for, so that 6,000 templates take
    /// no more memory than 100, and a reading that was cut off goes on. What was not met is gone at WhatsApp.
    /// </summary>
    /// <param name="account">Whose templates.</param>
    /// <param name="beat">A sign of life, with each page.</param>
    /// <param name="cancellationToken">Ends it; the next reading goes on.</param>
    internal async Task<SyncTemplatesOutcome.Done> ApplyAsync(AccountAccess account, Action beat, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(account.Id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var (startedAt, after) = await BeginAsync(account.Id, cancellationToken);
            _live.Publish(new TemplateSyncMoved(account.Id));
            await ReadPagesAsync(account, after, beat, cancellationToken);
            var done = await EndAsync(account.Id, startedAt, cancellationToken);
            _live.Publish(new TemplatesChanged(account.Id));
            LogSynced(account.Id, done.Templates, done.Gone);
            return done;
        }
        catch
        {
            // What was asked for when it began was not read.
            await using var db = await _store.OpenAsync(CancellationToken.None);
            await RecordTemplateUpdate.AskForSyncAsync(db, account.Id, CancellationToken.None);
            throw;
        }
        finally
        {
            turn.Release();
            _live.Publish(new TemplateSyncMoved(account.Id));
        }
    }

    private async Task ReadPagesAsync(AccountAccess account, string? after, Action beat, CancellationToken cancellationToken)
    {
        HashSet<string> seen = after is null ? [] : [after];
        for (var restarts = 0; ;)
        {
            beat();
            TemplatePage page;
            var askedAt = _clock.GetUtcNow().UtcDateTime;
            try
            {
                page = await _cloud.ListTemplatesAsync(account.ForCalls(), account.WhatsAppId, after, PageSize, cancellationToken);
            }
            catch (CloudApiException refused) when (refused.Error.Code == StaleCursor && after is not null && restarts < MaxRestarts)
            {
                // The list changed while it was read: cursors of the old one are worth nothing (Meta, v24).
                restarts++;
                after = null;
                seen.Clear();
                continue;
            }

            await MergeAsync(account.Id, page, askedAt, isFirst: after is null, cancellationToken);
            _live.Publish(new TemplateSyncMoved(account.Id));
            if (page.Next is not { } next)
            {
                return;
            }

            if (seen.Add(next))
            {
                after = next;
            }
            else if (restarts++ < MaxRestarts)
            {
                // A list that goes round has no end that was seen: what was not met may still be there.
                after = null;
                seen.Clear();
            }
            else
            {
                throw new CloudApiException(CloudApiFault.UnreadableAnswer, new CloudApiError(CloudApiError.NoCode), SendFate.NotSent);
            }
        }
    }

    private async Task<(DateTime StartedAt, string? After)> BeginAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        var oldest = now - ResumeWithin;
        // A wish from now on is for what this reading may have passed already: EndAsync leaves it.
        await db.BusinessAccounts.Where(a => a.Id == accountId && a.TemplatesSyncedAtUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, now), cancellationToken);
        var begun = await db.BusinessAccounts.Where(a => a.Id == accountId && a.TemplatesSyncStartedAtUtc > oldest && a.TemplatesSyncCursor != null)
            .Select(a => new { a.TemplatesSyncStartedAtUtc, a.TemplatesSyncCursor }).SingleOrDefaultAsync(cancellationToken);
        if (begun is not null)
        {
            return (begun.TemplatesSyncStartedAtUtc!.Value, begun.TemplatesSyncCursor);
        }

        await db.BusinessAccounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.TemplatesSyncStartedAtUtc, now)
            .SetProperty(a => a.TemplatesSyncCursor, (string?)null)
            .SetProperty(a => a.TemplatesSyncCount, 0), cancellationToken);
        // As the database keeps it: PostgreSQL has no more than microseconds, and later rows are compared with this.
        return (await db.BusinessAccounts.Where(a => a.Id == accountId).Select(a => a.TemplatesSyncStartedAtUtc!.Value).SingleAsync(cancellationToken), null);
    }

    private async Task MergeAsync(long accountId, TemplatePage page, DateTime askedAt, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await TryMergeAsync(accountId, page, askedAt, isFirst, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // Another node, or somebody who submitted, wrote the same template: it is there now.
            await TryMergeAsync(accountId, page, askedAt, isFirst, cancellationToken);
        }
    }

    private async Task TryMergeAsync(long accountId, TemplatePage page, DateTime askedAt, bool isFirst, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        var count = page.Templates.Count;
        // First, since it is the account's row that writers of its templates wait for.
        await db.BusinessAccounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.TemplatesSyncCursor, page.Next)
            .SetProperty(a => a.TemplatesSyncCount, a => (isFirst ? 0 : a.TemplatesSyncCount) + count), cancellationToken);
        var byKey = await KnownAsync(db, accountId, page, cancellationToken);
        var known = byKey.Values.Select(template => template.Id).ToList();
        var newer = await NewerAsync(db, accountId, askedAt, cancellationToken);
        List<Template> appeared = [];
        foreach (var info in page.Templates)
        {
            if (byKey.TryGetValue((info.Name, info.Language), out var template))
            {
                if (newer.Contains(template.Id))
                {
                    continue;
                }

                NoteDifferences(db, template, info, now);
            }
            else
            {
                template = new Template { BusinessAccountId = accountId, Name = info.Name, Language = info.Language, SyncedAtUtc = now };
                byKey.Add((info.Name, info.Language), template);
                appeared.Add(template);
                db.Templates.Add(template);
            }

            Take(template, info);
        }

        appeared.ForEach(template => NewsAge.ReadAt(template, askedAt));
        // Statements for all: most are as they were, and nothing else of them is written.
        await db.Templates.Where(t => known.Contains(t.Id)).ExecuteUpdateAsync(set => set.SetProperty(t => t.SyncedAtUtc, now), cancellationToken);
        known.RemoveAll(newer.Contains);
        var second = NewsAge.Second(askedAt);
        await db.Templates.Where(t => known.Contains(t.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(t => t.StatusToldAtUtc, t => t.StatusToldAtUtc > second ? t.StatusToldAtUtc : second)
                .SetProperty(t => t.QualityToldAtUtc, t => t.QualityToldAtUtc > second ? t.QualityToldAtUtc : second)
                .SetProperty(t => t.CategoryToldAtUtc, t => t.CategoryToldAtUtc > second ? t.CategoryToldAtUtc : second),
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        appeared.ForEach(template => TemplateTimeline.Note(db, template, TemplateEventKind.Appeared, now, null, template.Status, template.RejectedReason));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Those of the page that we have: not the other languages of their names, which may be forty times as many.</summary>
    private static async Task<Dictionary<(string Name, string Language), Template>> KnownAsync(
        WaConsoleDb db, long accountId, TemplatePage page, CancellationToken cancellationToken)
    {
        var names = page.Templates.Select(info => info.Name).Distinct().ToList();
        var met = page.Templates.Select(info => (info.Name, info.Language)).ToHashSet();
        var keys = await db.Templates.Where(t => t.BusinessAccountId == accountId && names.Contains(t.Name))
            .Select(t => new { t.Id, t.Name, t.Language }).ToListAsync(cancellationToken);
        var ids = keys.Where(key => met.Contains((key.Name, key.Language))).Select(key => key.Id).ToList();
        return await db.Templates.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => (t.Name, t.Language), cancellationToken);
    }

    /// <summary>
    /// Templates that news or one of us changed since the page was asked for: it may be older than they are, and would undo them until the
    /// next reading. Read after the rows, so that what they hold is among it.
    /// </summary>
    private static async Task<HashSet<long>> NewerAsync(WaConsoleDb db, long accountId, DateTime askedAt, CancellationToken cancellationToken) =>
    [
        .. await db.TemplateEvents
            .Where(e => e.BusinessAccountId == accountId && e.AtUtc >= askedAt
                && e.Kind != TemplateEventKind.Appeared && e.Kind != TemplateEventKind.ComponentsChanged && e.Kind != TemplateEventKind.Heard)
            .Select(e => e.TemplateId).Distinct().ToListAsync(cancellationToken),
    ];

    /// <summary>What a webhook would have said that did not arrive.</summary>
    private static void NoteDifferences(WaConsoleDb db, Template template, TemplateInfo info, DateTime now)
    {
        if (template.Id == 0)
        {
            return;
        }

        Differs(TemplateEventKind.StatusChanged, template.Status, info.Status, info.RejectedReason);
        Differs(TemplateEventKind.CategoryChanged, template.Category, info.Category);
        Differs(TemplateEventKind.QualityChanged, template.Quality, info.QualityScore ?? "UNKNOWN");
        if (info.CorrectCategory is { } correct && correct != info.Category && correct != template.CorrectCategory)
        {
            TemplateTimeline.Note(db, template, TemplateEventKind.CategoryAnnounced, now, info.Category, correct);
        }

        void Differs(TemplateEventKind kind, string before, string after, string? reason = null)
        {
            if (before != after)
            {
                TemplateTimeline.Note(db, template, kind, now, before, after, reason);
            }
        }
    }

    internal static void Take(Template template, TemplateInfo info)
    {
        template.WhatsAppId = info.Id;
        template.Status = StoredText.Clean(info.Status, WordLength);
        template.Category = StoredText.Clean(info.Category, WordLength);
        template.Quality = StoredText.Clean(info.QualityScore ?? "UNKNOWN", WordLength);
        template.RejectedReason = info.RejectedReason is null or "NONE"
            ? template.Status is "APPROVED" or "PENDING" ? null : template.RejectedReason
            : StoredText.CleanOrNull(info.RejectedReason, ReasonLength);
        template.ParameterFormat = info.ParameterFormat ?? "POSITIONAL";
        template.SubCategory = StoredText.CleanOrNull(info.SubCategory, WordLength);
        template.PreviousCategory = StoredText.CleanOrNull(info.PreviousCategory, WordLength) ?? template.PreviousCategory;
        template.CorrectCategory = info.CorrectCategory != info.Category ? StoredText.CleanOrNull(info.CorrectCategory, WordLength) : null;
        template.CategoryChangesAtUtc = template.CorrectCategory is null ? null : template.CategoryChangesAtUtc;
        template.ComponentsJson = info.ComponentsJson;
        template.TtlSeconds = info.TtlSeconds;
        template.LibraryTemplateName = StoredText.CleanOrNull(info.LibraryTemplateName, NameLength);
        template.OptedOutOfLinkTracking = info.OptedOutOfLinkTracking == true;
        template.SearchText = TemplateSearchText.Of(info.Name, info.ComponentsJson);
        template.DeletedAtUtc = null;
    }

    private async Task<SyncTemplatesOutcome.Done> EndAsync(long accountId, DateTime startedAt, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        await db.BusinessAccounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.TemplatesSyncedAtUtc, a => a.TemplatesSyncedAtUtc == null ? null : (DateTime?)now)
            .SetProperty(a => a.TemplatesSyncStartedAtUtc, (DateTime?)null)
            .SetProperty(a => a.TemplatesSyncCursor, (string?)null), cancellationToken);
        var templates = db.Templates.Where(t => t.BusinessAccountId == accountId && t.DeletedAtUtc == null);
        var gone = await templates.Where(t => t.SyncedAtUtc < startedAt).ToListAsync(cancellationToken);
        gone.ForEach(template => DeleteTemplate.Bury(db, template, startedAt, now, by: null));
        await db.SaveChangesAsync(cancellationToken);
        await LastUses.CatchUpAsync(db, accountId, cancellationToken);
        var there = await templates.CountAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SyncTemplatesOutcome.Done(there, gone.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Templates of account {Account} read: {Count}, gone {Gone}")]
    private partial void LogSynced(long account, int count, int gone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of account {Account} could not be read: code {Code}, {Fault}")]
    private partial void LogFailed(long account, int code, CloudApiFault fault);
}
