using System.Text;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>A query string; what is null is left out.</summary>
internal static class Query
{
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parts)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escape(value));
            }
        }

        return query.ToString();
    }

    /// <summary>As Graph writes lists: <c>["a","b"]</c>.</summary>
    public static string List(IEnumerable<string> values) =>
        $"[{string.Join(',', values.Select(value => $"\"{JsonEncodedText.Encode(value)}\""))}]";

    /// <summary>Commas may stand in a query, and lists of fields are easier to read with them.</summary>
    private static string Escape(string value) =>
        Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal);
}
