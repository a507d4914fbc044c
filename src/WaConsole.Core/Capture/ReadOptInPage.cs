using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

/// <summary>A public page, for anybody: nothing of it is secret.</summary>
public sealed class ReadOptInPage(Store store)
{
    /// <param name="choose">Of the page's languages, the one to show.</param>
    /// <returns>Null when there is no such page, or it is not public now.</returns>
    public async Task<PublicOptInPage?> RunAsync(string slug, Func<IReadOnlyList<string>, string> choose, CancellationToken cancellationToken)
    {
        if (!PageRules.IsSlug(slug))
        {
            return null;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var found = await (from page in db.OptInPages
                           where page.Slug == slug && page.State == OptInPageState.Published
                           join wording in db.Wordings on page.WordingId equals wording.Id
                           join number in db.Numbers on page.NumberId equals number.Id
                           select new { Page = page, wording.Purpose, number.DisplayPhoneNumber }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var used = await MakeInvites.UsedAsync(db, found.Page.WordingId, cancellationToken);
        if (used.Count == 0)
        {
            return null;
        }

        IReadOnlyList<string> languages = [.. used.Select(version => version.Language)];
        var language = choose(languages);
        var shown = used.FirstOrDefault(version => version.Language == language) ?? used[0];
        var ready = await db.OptInInvites.Where(i => i.PageId == found.Page.Id && i.VersionId == shown.Id).Select(i => i.Text).FirstOrDefaultAsync(cancellationToken);
        return new PublicOptInPage(
            found.Page.Slug, shown.BusinessName, found.Purpose, shown.Language, languages, shown.Id, shown.Text, found.DisplayPhoneNumber,
            WriteLink.Of(found.DisplayPhoneNumber, ready ?? ""), found.Page.Country, [.. PageRules.Lines(found.Page.Origins).Select(PageRules.Origin).OfType<string>()], found.Page.TemplateName is not null);
    }
}
