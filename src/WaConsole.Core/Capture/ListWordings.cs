using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

/// <summary>Every wording with its versions. Whoever records an opt-in chooses from them; drafts are the admins'.</summary>
public sealed class ListWordings(Store store)
{
    public async Task<IReadOnlyList<WordingView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var wordings = await db.Wordings.AsNoTracking().OrderBy(w => w.Name).ThenBy(w => w.Id).ToListAsync(cancellationToken);
        var versions = await db.WordingVersions.AsNoTracking()
            .Where(v => caller.IsAdmin || v.PublishedAtUtc != null)
            .OrderBy(v => v.Language).ThenByDescending(v => v.Version)
            .ToListAsync(cancellationToken);
        var pages = await db.OptInPages.AsNoTracking().Where(p => p.State != OptInPageState.Closed).OrderBy(p => p.Name)
            .Select(p => new { p.WordingId, p.Name }).ToListAsync(cancellationToken);
        return
        [
            .. wordings.Select(wording => new WordingView(
                wording.Id, wording.Name, wording.BusinessName, wording.Purpose, LinesOf([.. versions.Where(version => version.WordingId == wording.Id)]))
            {
                Pages = [.. pages.Where(page => page.WordingId == wording.Id).Select(page => page.Name)],
            }),
        ];
    }

    internal static IReadOnlyList<WordingLine> LinesOf(IReadOnlyList<WordingVersion> versions)
    {
        var used = versions.Where(version => version.PublishedAtUtc is not null).GroupBy(version => version.Language)
            .Select(language => language.MaxBy(version => version.Version)!.Id).ToHashSet();
        return
        [
            .. versions.Select(version => new WordingLine(
                version.Id, version.WordingId, version.Language, version.PublishedAtUtc is null ? null : version.Version, version.BusinessName, version.Text,
                version.Hash, version.PublishedAtUtc, version.PublishedBy, used.Contains(version.Id))
            {
                PrivacyVersion = version.PrivacyVersion,
            }),
        ];
    }
}
