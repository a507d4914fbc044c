using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Policy;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

/// <summary>
/// Gives each language of a published page a text with a code of its own, once for each version of the words: a code on an old poster goes
/// on naming the words that stand beside it. Runs in the caller's transaction.
/// </summary>
internal static class MakeInvites
{
    public static async Task ApplyAsync(WaConsoleDb db, OptInPage page, CancellationToken cancellationToken)
    {
        var versions = await UsedAsync(db, page.WordingId, cancellationToken);
        var known = await db.OptInInvites.Where(i => i.PageId == page.Id).Select(i => i.VersionId).ToListAsync(cancellationToken);
        foreach (var version in versions.Where(version => !known.Contains(version.Id)))
        {
            var code = OptInCode.Of(RandomNumberGenerator.GetString(OptInCode.Letters, OptInCode.Length));
            db.OptInInvites.Add(new OptInInvite
            {
                PageId = page.Id,
                VersionId = version.Id,
                Code = code,
                Text = Texts.Capture.In(CultureOf(version.Language), "InviteText", version.BusinessName, code),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The words in use, one for each language.</summary>
    public static async Task<IReadOnlyList<WordingVersion>> UsedAsync(WaConsoleDb db, long wordingId, CancellationToken cancellationToken) =>
        [.. (await UsedAsync(db, [wordingId], cancellationToken))[wordingId]];

    public static async Task<ILookup<long, WordingVersion>> UsedAsync(WaConsoleDb db, long[] wordingIds, CancellationToken cancellationToken)
    {
        var published = await db.WordingVersions.AsNoTracking()
            .Where(v => wordingIds.Contains(v.WordingId) && v.PublishedAtUtc != null).ToListAsync(cancellationToken);
        return published.GroupBy(version => (version.WordingId, version.Language))
            .Select(language => language.MaxBy(version => version.Version)!)
            .OrderBy(version => version.Language, StringComparer.Ordinal)
            .ToLookup(version => version.WordingId);
    }

    /// <summary>English for a language that the program does not speak.</summary>
    public static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language.Replace('_', '-'));
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
