using System.Globalization;

namespace WaConsole.Core.Labels;

/// <summary>
/// The labels of a row as the row keeps them, "3,17": a list draws them without a join. The links are what counts; an id whose label
/// was deleted may stay here until the row's labels change, and is shown nowhere.
/// </summary>
public static class LabelIds
{
    public static string? Write(IEnumerable<long> ids)
    {
        var text = string.Join(',', ids.Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return text.Length == 0 ? null : text;
    }

    public static IReadOnlyList<long> Read(string? text) => string.IsNullOrEmpty(text)
        ? []
        : [.. text.Split(',').Select(id => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture))];
}
