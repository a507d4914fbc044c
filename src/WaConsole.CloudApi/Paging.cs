using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class Paging
{
    /// <summary>
    /// The cursor of the following page. The last page still has an <c>after</c> cursor: only the missing
    /// <c>next</c> tells the end (developers.facebook.com, Graph API, paginated results).
    /// </summary>
    public static string? Next(JsonElement answer) =>
        answer.Object("paging"u8) is { } paging && paging.Text("next"u8) is not null
            ? paging.Object("cursors"u8)?.Text("after"u8)
            : null;
}
