using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Insight;

/// <param name="People">Null where WhatsApp did not say.</param>
public sealed record LinkClicks(string Button, long Clicks, long? People);

/// <param name="ReadAtUtc">When WhatsApp was last asked about this template with success; null when never.</param>
/// <param name="Buttons">In the template's order; with noughts once it was read.</param>
/// <param name="MayEnable">The caller may switch the counting on.</param>
public sealed record TemplateLinks(LinkClicksState State, DateTime? ReadAtUtc, IReadOnlyList<LinkClicks> Buttons, bool MayEnable)
{
    public long Clicks => Buttons.Sum(button => button.Clicks);
}

/// <summary>How often the links of a template were opened, as WhatsApp last said: by all its recipients, of whichever of our numbers.</summary>
public sealed class ReadLinkClicks(Store store, TimeProvider clock)
{
    /// <param name="days">Today and the days before it, by when messages were sent, in UTC.</param>
    /// <returns>Null when there is no such template, or it has no link.</returns>
    public async Task<TemplateLinks?> RunAsync(Caller caller, long templateId, int days, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { } template || LinkButtons.Of(template) is not { Count: > 0 } names)
        {
            return null;
        }

        var from = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1 - Math.Clamp(days, 1, ReadTemplateInsight.MaxDays));
        var counted = (await db.TemplateLinkClicks.AsNoTracking().Where(c => c.TemplateId == templateId && c.Day >= from)
            .Select(c => new { c.Button, c.Clicks, c.People }).ToListAsync(cancellationToken))
            .GroupBy(click => click.Button, StringComparer.Ordinal)
            .ToDictionary(
                button => button.Key,
                button => new LinkClicks(button.Key, button.Sum(click => click.Clicks), button.Any(click => click.People is null) ? null : button.Sum(click => click.People)),
                StringComparer.Ordinal);
        var state = await db.BusinessAccounts.Where(a => a.Id == template.BusinessAccountId).Select(a => a.LinkClicksState).SingleAsync(cancellationToken);
        if (template.OptedOutOfLinkTracking)
        {
            state = LinkClicksState.OptedOut;
        }

        return new TemplateLinks(
            state, template.LinkClicksReadAtUtc,
            [.. names.Select(name => counted.GetValueOrDefault(name) ?? new LinkClicks(name, 0, null)), .. counted.Values.Where(click => !names.Contains(click.Button))],
            state == LinkClicksState.NotEnabled && caller.MayManageTemplates && template.Status != TemplateStates.Deleted);
    }
}
