using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Insight;

/// <summary>Reads once a day how often the links of the templates in use were opened, so that no figure is lost when nobody looks for 90 days.</summary>
internal sealed class LinkClicksWorker(
    Store store, AccountDirectory directory, FetchLinkClicks fetch, Heartbeats heartbeats, TimeProvider clock, ILogger<LinkClicksWorker> log)
    : LookAgainWorker(Worker.LinkClicks, heartbeats, clock, log)
{
    /// <summary>As far back as WhatsApp counts.</summary>
    private const int InUseDays = 90;

    private static readonly TimeSpan Between = TimeSpan.FromHours(24);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock = clock;

    protected override IReadOnlyList<IDisposable> Hear() => [];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        foreach (var id in await DueAsync(stoppingToken))
        {
            beat();
            if ((await directory.AccountsAsync(stoppingToken)).FirstOrDefault(a => a.Id == id) is { } account
                && await WithLinksAsync(id, stoppingToken) is { Count: > 0 } templates)
            {
                await fetch.ApplyAsync(account, templates, beat, stoppingToken);
            }
        }

        return null;
    }

    private async Task<List<long>> DueAsync(CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        var (yesterday, justNow) = (now - Between, now - AfterFailure);
        var oldest = DateOnly.FromDateTime(now).AddDays(-InUseDays);
        return await db.BusinessAccounts
            .Where(a => a.LinkClicksAskedAtUtc == null || a.LinkClicksAskedAtUtc < yesterday
                || (a.LinkClicksState == LinkClicksState.Failed && a.LinkClicksAskedAtUtc < justNow))
            .Where(a => db.Templates.Any(t => t.BusinessAccountId == a.Id && t.LastUsedOn >= oldest && t.DeletedAtUtc == null))
            .Select(a => a.Id).ToListAsync(stoppingToken);
    }

    private async Task<List<Template>> WithLinksAsync(long accountId, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        var oldest = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime).AddDays(-InUseDays);
        var used = await db.Templates.AsNoTracking()
            .Where(t => t.BusinessAccountId == accountId && t.LastUsedOn >= oldest && t.DeletedAtUtc == null && t.WhatsAppId != "" && t.ComponentsJson.Contains("URL"))
            .ToListAsync(stoppingToken);
        return [.. used.Where(template => LinkButtons.Of(template).Count > 0)];
    }
}
