using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

/// <summary>
/// Pure: what a template with its values tells, as a hash, the same in every language of the template. It names nobody and cannot be
/// read back.
/// </summary>
internal static class NoticeFingerprint
{
    public static string Of(string template, TemplateValues values)
    {
        var told = new StringBuilder();
        Add(told, template);
        foreach (var (key, text) in values.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(told, key);
            Add(told, text.Trim());
        }

        Add(told, values.HeaderMediaFileId?.ToString(CultureInfo.InvariantCulture) ?? "");
        if (values.HeaderLocation is { } place)
        {
            Add(told, string.Create(CultureInfo.InvariantCulture, $"{place.Latitude};{place.Longitude}"));
        }

        foreach (var (key, file) in (values.Files ?? new Dictionary<string, long>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(told, key);
            Add(told, file.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var section in values.Sections ?? [])
        {
            Add(told, section.Title ?? "");
            Add(told, string.Join(' ', section.ProductIds));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told.ToString())));
    }

    /// <summary>With its length before it, so that no two lists of parts read the same.</summary>
    private static void Add(StringBuilder told, string part) => told.Append(part.Length).Append(':').Append(part);
}
