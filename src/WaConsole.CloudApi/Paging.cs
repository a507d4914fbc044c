using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class Paging
{
    private const string Cursor = "after=";

    /// <summary>
    /// The cursor of the following page. The last page still has an <c>after</c> cursor: only the missing
    /// <c>next</c> tells the end (developers.facebook.com, Graph API, paginated results).
    /// </summary>
    public static string? Next(JsonElement answer) =>
        answer.Object("paging"u8) is { } paging && paging.Text("next"u8) is { } next
            ? paging.Object("cursors"u8)?.Text("after"u8) ?? CursorIn(next)
            : null;

    private static string? CursorIn(string address) => Uri.TryCreate(address, UriKind.Absolute, out var next)
        ? next.Query.TrimStart('?').Split('&')
            .Where(part => part.StartsWith(Cursor, StringComparison.Ordinal))
            .Select(part => Uri.UnescapeDataString(part[Cursor.Length..]))
            .FirstOrDefault()
        : null;
}
