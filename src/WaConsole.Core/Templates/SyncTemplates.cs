using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates;

public abstract record SyncTemplatesOutcome
{
    private SyncTemplatesOutcome()
    {
    }

    public sealed record Done(int Templates, int Gone) : SyncTemplatesOutcome;

    public sealed record NoSuchNumber : SyncTemplatesOutcome;

    /// <summary>WhatsApp could not be asked; our copy stays as it was.</summary>
    public sealed record Failed(int? Code, string Sentence) : SyncTemplatesOutcome;
}

/// <summary>Reads every template of an account and makes our copy equal: new, changed and deleted ones.</summary>
public sealed partial class SyncTemplates
{
    private const int PageSize = 100;
    private const int StaleCursor = 131059;

    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly ILogger<SyncTemplates> _log;

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

    internal async Task<SyncTemplatesOutcome.Done> ApplyAsync(AccountAccess account, CancellationToken cancellationToken)
    {
        var found = await ReadAllAsync(account, cancellationToken);

        await using var db = await _store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One writer per account at a time: two syncs would insert the same template twice.
        await db.BusinessAccounts.Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, _clock.GetUtcNow().UtcDateTime), cancellationToken);
        var known = await db.Templates.Where(t => t.BusinessAccountId == account.Id).ToListAsync(cancellationToken);
        var gone = Merge(db, known, found, account.Id, _clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        _live.Publish(new TemplatesChanged(account.Id));
        LogSynced(account.Id, found.Count, gone);
        return new SyncTemplatesOutcome.Done(found.Count, gone);
    }

    private async Task<IReadOnlyList<TemplateInfo>> ReadAllAsync(AccountAccess account, CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await ReadPagesAsync(account, cancellationToken);
            }
            catch (CloudApiException refused) when (refused.Error.Code == StaleCursor && restarts < 2)
            {
                // The list changed while it was read: cursors of the old one are worth nothing (Meta, v24).
            }
        }
    }

    private async Task<IReadOnlyList<TemplateInfo>> ReadPagesAsync(AccountAccess account, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string Name, string Language), TemplateInfo>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = await _cloud.ListTemplatesAsync(account.ForCalls(), account.WhatsAppId, after, PageSize, cancellationToken);
            foreach (var template in page.Templates)
            {
                found[(template.Name, template.Language)] = template;
            }

            after = page.Next;
        }
        while (after is not null && seen.Add(after));

        return [.. found.Values];
    }

    private static int Merge(WaConsoleDb db, List<Template> known, IReadOnlyList<TemplateInfo> found, long accountId, DateTime nowUtc)
    {
        var byKey = known.ToDictionary(template => (template.Name, template.Language));
        foreach (var info in found)
        {
            if (!byKey.Remove((info.Name, info.Language), out var template))
            {
                template = new Template { BusinessAccountId = accountId, Name = info.Name, Language = info.Language };
                db.Templates.Add(template);
            }

            template.WhatsAppId = info.Id;
            template.Status = info.Status;
            template.Category = info.Category;
            template.Quality = info.QualityScore ?? "UNKNOWN";
            template.RejectedReason = info.RejectedReason is null or "NONE" ? null : info.RejectedReason;
            template.ParameterFormat = info.ParameterFormat ?? "POSITIONAL";
            template.ComponentsJson = info.ComponentsJson;
            template.SyncedAtUtc = nowUtc;
            template.DeletedAtUtc = null;
        }

        var gone = 0;
        foreach (var missing in byKey.Values.Where(template => template.DeletedAtUtc is null))
        {
            missing.DeletedAtUtc = nowUtc;
            gone++;
        }

        return gone;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Templates of account {Account} read: {Count}, gone {Gone}")]
    private partial void LogSynced(long account, int count, int gone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of account {Account} could not be read: code {Code}, {Fault}")]
    private partial void LogFailed(long account, int code, CloudApiFault fault);
}
