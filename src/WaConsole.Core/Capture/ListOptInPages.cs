using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Capture;

/// <summary>The pages where people agree, with their QR codes and what each still lacks. For admins.</summary>
public sealed class ListOptInPages(Store store, TimeProvider clock)
{
    public async Task<IReadOnlyList<OptInPageView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var pages = await (from page in db.OptInPages
                           join wording in db.Wordings on page.WordingId equals wording.Id
                           join number in db.Numbers on page.NumberId equals number.Id
                           orderby page.Name, page.Id
                           select new { Page = page, Wording = wording, Number = number }).AsNoTracking().ToListAsync(cancellationToken);
        var words = await MakeInvites.UsedAsync(db, [.. pages.Select(row => row.Page.WordingId)], cancellationToken);
        var codes = (await db.OptInInvites.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(invite => invite.PageId);
        var templates = await TemplatesAsync(db, [.. pages.Select(row => row.Page.TemplateName).OfType<string>().Distinct()], cancellationToken);
        List<OptInPageView> views = [];
        foreach (var row in pages)
        {
            var (page, number) = (row.Page, row.Number);
            var used = words[page.WordingId].ToList();
            var versions = used.ToDictionary(version => version.Id, version => version.Language);
            var asks = page.TemplateName is { } name ? templates[(number.BusinessAccountId, name)].ToList() : [];
            views.Add(new OptInPageView(
                page.Id, page.Slug, page.Name, row.Wording.Id, row.Wording.Name, row.Wording.BusinessName, row.Wording.Purpose, number.Id, number.Name,
                page.State, page.Basis, page.Jurisdiction, page.RenewMonths, page.Country, PageRules.Lines(page.Origins), page.TemplateName,
                [.. used.Select(version => version.Language)],
                [
                    .. codes[page.Id].Where(invite => versions.ContainsKey(invite.VersionId)).Select(invite => new InviteView(
                        versions[invite.VersionId], invite.Code, invite.Text, WriteLink.Of(number.DisplayPhoneNumber, invite.Text))),
                ],
                [.. PageRules.Lacks(page, row.Wording.Purpose, used, asks).Select(name => Texts.Capture.Of(name))])
            {
                AsksPerHour = page.AsksPerHour,
                HeldBack = page.HeldAtUtc > clock.GetUtcNow().UtcDateTime.AddDays(-1),
            });
        }

        return views;
    }

    private static async Task<ILookup<(long Account, string Name), TemplateView>> TemplatesAsync(WaConsoleDb db, string[] names, CancellationToken cancellationToken)
    {
        var templates = names.Length == 0
            ? []
            : await db.Templates.AsNoTracking().Where(t => names.Contains(t.Name) && t.DeletedAtUtc == null).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        return templates.ToLookup(template => (template.BusinessAccountId, template.Name), TemplateDefinition.Read);
    }

    /// <summary>The page's confirming template in every language it has.</summary>
    internal static async Task<IReadOnlyList<TemplateView>> TemplatesAsync(WaConsoleDb db, OptInPage page, CancellationToken cancellationToken)
    {
        if (page.TemplateName is not { } name)
        {
            return [];
        }

        var templates = await db.Templates.AsNoTracking()
            .Where(t => t.Name == name && t.DeletedAtUtc == null && db.Numbers.Any(n => n.Id == page.NumberId && n.BusinessAccountId == t.BusinessAccountId))
            .OrderBy(t => t.Id)
            .ToListAsync(cancellationToken);
        return [.. templates.Select(TemplateDefinition.Read)];
    }
}
