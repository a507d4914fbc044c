namespace WaConsole.Web.Components.Conversations;

/// <summary>One line of a SuggestList; <see cref="Detail"/> is found too.</summary>
public sealed record Suggestion(long Id, string Label, string? Detail)
{
    private const int MaxDetail = 120;

    /// <summary>A text as one short line: a list of five hundred travels through the circuit.</summary>
    public static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxDetail ? line : line[..(char.IsHighSurrogate(line[MaxDetail - 1]) ? MaxDetail - 1 : MaxDetail)] + "…";
    }
}
