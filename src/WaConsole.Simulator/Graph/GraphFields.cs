using System.Text.Json.Nodes;

namespace WaConsole.Simulator.Graph;

/// <summary>The <c>fields</c> parameter: which members of an object are wanted.</summary>
internal static class GraphFields
{
    /// <summary>The names asked for, without what is in braces or parentheses behind them. Null when none were.</summary>
    public static string[]? Of(HttpRequest request)
    {
        string? asked = request.Query["fields"];
        return string.IsNullOrWhiteSpace(asked) ? null : [.. Split(asked).Select(field => field.Split(['{', '.', '('])[0].Trim())];
    }

    /// <summary>The Graph API always gives the id of an object.</summary>
    public static JsonObject Pick(JsonObject all, string[] fields)
    {
        var picked = new JsonObject();
        foreach (var field in fields.Append("id").Distinct(StringComparer.Ordinal))
        {
            if (all.TryGetPropertyValue(field, out var value))
            {
                picked[field] = value?.DeepClone();
            }
        }

        return picked;
    }

    /// <summary>Splits at the commas that are not inside braces, brackets or parentheses.</summary>
    public static IEnumerable<string> Split(string fields)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < fields.Length; i++)
        {
            depth += fields[i] is '{' or '(' or '[' ? 1 : fields[i] is '}' or ')' or ']' ? -1 : 0;
            if (fields[i] == ',' && depth == 0)
            {
                yield return fields[start..i];
                start = i + 1;
            }
        }

        yield return fields[start..];
    }
}
