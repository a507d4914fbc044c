namespace WaConsole.Core.Storage;

/// <summary>Ids after the first, up to and including the last.</summary>
internal readonly record struct IdRange(long After, long UpTo);

/// <summary>Conditions on a message m, for a search.</summary>
internal sealed record MessageBounds(DateTime? FromUtc, DateTime? BeforeUtc, int? Kind)
{
    public bool Any => FromUtc is not null || BeforeUtc is not null || Kind is not null;

    /// <summary>1 or 0 in SQL.</summary>
    public string Within(SearchIndex.Parameters parameters) => Any ? $"CASE WHEN {Condition(parameters)} THEN 1 ELSE 0 END" : "1";

    public string Condition(SearchIndex.Parameters parameters)
    {
        List<string> all = [];
        if (FromUtc is { } from)
        {
            all.Add($"m.\"SentAtUtc\" >= {parameters.Add(from)}");
        }

        if (BeforeUtc is { } before)
        {
            all.Add($"m.\"SentAtUtc\" < {parameters.Add(before)}");
        }

        if (Kind is { } kind)
        {
            all.Add($"m.\"Kind\" = {SearchIndex.Text(kind)}");
        }

        return all.Count == 0 ? "1 = 1" : string.Join(" AND ", all);
    }
}
