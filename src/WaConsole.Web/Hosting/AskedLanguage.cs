using Microsoft.Net.Http.Headers;

namespace WaConsole.Web.Hosting;

/// <summary>Pure: the language of ours a browser's Accept-Language likes best.</summary>
internal static class AskedLanguage
{
    /// <summary>Browsers send a handful; the header is anybody's.</summary>
    private const int AtMost = 20;

    /// <returns>Null when the header names none of ours.</returns>
    public static string? Of(string header, IReadOnlyList<string> ours) =>
        header.Length > 0 && StringWithQualityHeaderValue.TryParseList([.. header.Split(',', AtMost + 1).Take(AtMost)], out var asked)
            ? asked
                .Where(one => one.Quality is not 0)
                .OrderByDescending(one => one.Quality ?? 1)
                .Select(one => Nearest(one.Value.ToString(), ours))
                .FirstOrDefault(found => found is not null)
            : null;

    /// <summary>The same language of another country is nearer than English: Portuguese of Portugal is answered in that of Brazil.</summary>
    private static string? Nearest(string tag, IReadOnlyList<string> ours) =>
        ours.FirstOrDefault(one => one.Equals(tag, StringComparison.OrdinalIgnoreCase))
        ?? ours.FirstOrDefault(one => Language(one).Equals(Language(tag), StringComparison.OrdinalIgnoreCase));

    private static string Language(string tag) => tag.Split('-', 2)[0] switch
    {
        // The code of Indonesian until 1989, which older Java programs still send.
        "in" => "id",
        var language => language,
    };
}
