namespace WaConsole.Web.Components.Conversations;

/// <summary>One line of a SuggestList; <see cref="Search"/> is found but not shown in bold.</summary>
public sealed record Suggestion(long Id, string Label, string? Detail, string? Search)
{
    private const int MaxDetail = 120;

    /// <summary>A text as one short line: a list of five hundred travels through the circuit.</summary>
    public static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxDetail ? line : line[..(char.IsHighSurrogate(line[MaxDetail - 1]) ? MaxDetail - 1 : MaxDetail)] + "…";
    }
}
