using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Templates.Insight;

/// <summary>
/// Asks WhatsApp how often the links of templates were opened: the customer's phone opens them, and no webhook tells. Its counts go 90 days
/// back and change for a week after the message (Meta, Template analytics, 2025).
/// </summary>
public sealed partial class FetchLinkClicks
{
    internal const int ButtonLength = 128;

    private const int AtOnce = 10;
    private const int OldestDays = 89;
    private const int OpenDays = 8;
    private const int NotAvailable = 200005;
    private const int NotEnabled = 200007;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;
    private readonly ILogger<FetchLinkClicks> _log;

    internal FetchLinkClicks(
        Store store, AccountDirectory directory, CloudApiClient cloud, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp, ILogger<FetchLinkClicks> log)
    {
        (_store, _directory, _cloud, _live, _clock, _whatsApp, _log) = (store, directory, cloud, live, clock, whatsApp, log);
    }

    /// <param name="caller">Who sees the template.</param>
    /// <param name="templateId">The template that is looked at.</param>
    /// <param name="always">Also when WhatsApp was asked within the last hour.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether WhatsApp was asked.</returns>
    public async Task<bool> RunAsync(Caller caller, long templateId, bool always, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { DeletedAtUtc: null, WhatsAppId.Length: > 0 } template
            || LinkButtons.Of(template).Count == 0
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == template.BusinessAccountId) is not { } account)
        {
            return false;
        }

        var fresh = _clock.GetUtcNow().UtcDateTime - Fresh;
        if (!always && (template.LinkClicksReadAtUtc > fresh
            || await db.BusinessAccounts.AnyAsync(
                a => a.Id == account.Id && a.LinkClicksAskedAtUtc > fresh && a.LinkClicksState != LinkClicksState.Counted, cancellationToken)))
        {
            return false;
        }

        await ApplyAsync(account, [template], () => { }, cancellationToken);
        return true;
    }

    /// <summary>Of one account. Where WhatsApp does not count, or cannot be asked, that is written down and what was read before stays.</summary>
    internal async Task<LinkClicksState> ApplyAsync(
        AccountAccess account, IReadOnlyList<Template> templates, Action beat, CancellationToken cancellationToken)
    {
        var state = LinkClicksState.Counted;
        try
        {
            foreach (var some in templates.Chunk(AtOnce))
            {
                beat();
                await FetchAsync(account, some, cancellationToken);
            }
        }
        catch (CloudApiException refused)
        {
            LogRefused(account.Id, refused.Error.Code, refused.Fault);
            state = refused.Error.Code switch
            {
                NotEnabled => LinkClicksState.NotEnabled,
                NotAvailable => LinkClicksState.NotAvailable,
                _ => LinkClicksState.Failed,
            };
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        await db.BusinessAccounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.LinkClicksAskedAtUtc, now).SetProperty(a => a.LinkClicksState, state), cancellationToken);
        _live.Publish(new LinkClicksChanged(account.Id));
        return state;
    }

    private async Task FetchAsync(AccountAccess account, Template[] templates, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        // By the clock of who is asked: it refuses what it finds too long ago.
        var asked = _whatsApp.UtcNow;
        var oldest = asked.Date.AddDays(-OldestDays);
        var from = templates.Min(template => template.LinkClicksReadAtUtc is { } read ? read.Date.AddDays(-OpenDays) : oldest);
        from = from < oldest ? oldest : from;
        // Up to and with this second.
        var counts = await _cloud.GetTemplateAnalyticsAsync(
            account.ForCalls(), account.WhatsAppId, [.. templates.Select(template => template.WhatsAppId)], from, asked.AddSeconds(1), cancellationToken);
        try
        {
            await KeepAsync(templates, Rows(templates, counts), DateOnly.FromDateTime(from), now, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // Another node, or somebody who looks at the template, has just written the same counts.
        }
    }

    private async Task KeepAsync(
        Template[] templates, IReadOnlyList<TemplateLinkClick> rows, DateOnly from, DateTime now, CancellationToken cancellationToken)
    {
        var ids = templates.Select(template => template.Id).ToList();
        await using var db = await _store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Templates.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(set => set.SetProperty(t => t.LinkClicksReadAtUtc, now), cancellationToken);
        await db.TemplateLinkClicks.Where(c => ids.Contains(c.TemplateId) && c.Day >= from).ExecuteDeleteAsync(cancellationToken);
        db.TemplateLinkClicks.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Pure: the links among what WhatsApp counts. Quick replies are counted here as well, from what comes back to us.</summary>
    private static List<TemplateLinkClick> Rows(Template[] templates, IReadOnlyList<TemplateCount> counts)
    {
        var ids = templates.ToDictionary(template => template.WhatsAppId, template => template.Id);
        return
        [
            .. from count in counts
               let id = ids.GetValueOrDefault(count.TemplateId ?? "")
               where id != 0 && count.FromUtc is not null
               from click in count.Clicks
               where click.Type is "url_button" or "unique_url_button"
               group click by (Id: id, Day: DateOnly.FromDateTime(count.FromUtc!.Value), Button: StoredText.Clean(click.Button, ButtonLength))
               into button
               let people = button.Where(click => click.Type == "unique_url_button").ToList()
               select new TemplateLinkClick
               {
                   TemplateId = button.Key.Id,
                   Day = button.Key.Day,
                   Button = button.Key.Button,
                   Clicks = button.Where(click => click.Type == "url_button").Sum(click => click.Count),
                   People = people.Count == 0 ? null : people.Sum(click => click.Count),
               },
        ];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Link openings of account {Account} could not be read: code {Code}, {Fault}")]
    private partial void LogRefused(long account, int code, CloudApiFault fault);
}
