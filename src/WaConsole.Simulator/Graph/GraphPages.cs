using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>Lists in pages, with cursors. A cursor nobody gave out answers 131059, as from v24 on.</summary>
internal static class GraphPages
{
    /// <param name="within">The member of <c>data</c> that holds the list, where it is not <c>data</c> itself.</param>
    public static IResult Paged(HttpRequest request, SimulatedWhatsApp world, IReadOnlyList<JsonObject> items, JsonObject? summary = null, string? within = null) =>
        Paged(request, world, items, item => item, summary, within);

    /// <param name="request">With limit, after and before.</param>
    /// <param name="world">Whose address the next page has.</param>
    /// <param name="items">The whole list.</param>
    /// <param name="write">An item of the page that is asked for: of a long list no other is written.</param>
    /// <param name="summary">What stands beside the page.</param>
    /// <param name="within">The member of <c>data</c> that holds the list, where it is not <c>data</c> itself.</param>
    public static IResult Paged<T>(
        HttpRequest request, SimulatedWhatsApp world, IReadOnlyList<T> items, Func<T, JsonObject> write, JsonObject? summary = null, string? within = null)
    {
        var limit = int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, 1000)
            : 25;
        string? after = request.Query["after"], before = request.Query["before"];
        int? end = null;
        if ((after is not null && Position(after) is null) || (before is not null && (end = Position(before)) is null))
        {
            return GraphAccess.Answer(GraphError.Of(131059, "The cursor is not known; start again without one."));
        }

        var start = end is null ? Position(after) ?? 0 : Math.Max(0, end.Value - limit);
        var stop = Math.Min(end ?? items.Count, Math.Min(items.Count, start + limit));
        var page = items.Skip(start).Take(stop - start).Select(write).ToArray<JsonNode>();
        var answer = new JsonObject { ["data"] = within is null ? new JsonArray(page) : new JsonObject { [within] = new JsonArray(page) } };
        if (page.Length > 0)
        {
            var paging = new JsonObject
            {
                ["cursors"] = new JsonObject { ["before"] = Cursor(start), ["after"] = Cursor(stop) },
            };
            if (stop < items.Count)
            {
                paging["next"] = PageUrl(request, world, "after", Cursor(stop));
            }

            if (start > 0)
            {
                paging["previous"] = PageUrl(request, world, "before", Cursor(start));
            }

            answer["paging"] = paging;
        }

        if (summary is not null)
        {
            answer["summary"] = summary;
        }

        return GraphAccess.Json(answer);
    }

    private static string PageUrl(HttpRequest request, SimulatedWhatsApp world, string direction, string cursor)
    {
        var kept = request.Query.Where(pair => pair.Key is not ("after" or "before" or "access_token"))
            .SelectMany(pair => pair.Value.Select(value => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}"));
        return new Uri(world.BaseUri, $"{request.Path}?{string.Join('&', kept.Append($"{direction}={cursor}"))}").ToString();
    }

    private static string Cursor(int position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes("row:" + position.ToString(CultureInfo.InvariantCulture)))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static int? Position(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var padded = cursor.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (cursor.Length % 4)) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written)
            && Encoding.ASCII.GetString(bytes, 0, written) is ['r', 'o', 'w', ':', .. var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : null;
    }
}
