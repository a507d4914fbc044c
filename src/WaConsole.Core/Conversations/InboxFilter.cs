using System.Globalization;

namespace WaConsole.Core.Conversations;

/// <summary>
/// What a list is filtered by, in ids. <see cref="Numbers"/> null means every number; <see cref="AllNumbers"/> names them then.
/// <see cref="Within"/> holds the conversations a search found, or the few that have a label. Ids and states are written into the SQL: they are ours, and the planner
/// then knows how frequent each is.
/// </summary>
internal sealed record InboxFilter(
    InboxTab Tab,
    long? AgentId,
    ConversationStatus? Status,
    IReadOnlyCollection<long>? Numbers,
    IReadOnlyCollection<long> AllNumbers,
    IReadOnlyCollection<long>? Within = null,
    long? LabelId = null)
{
    private static readonly ConversationStatus[] Statuses = Enum.GetValues<ConversationStatus>();

    /// <summary>
    /// Conditions of the whole filter. <paramref name="before"/> stands before each column: the table's short name, or "+" where no index on
    /// these columns shall be used.
    /// </summary>
    public IEnumerable<string> Conditions(string before = "")
    {
        if (Tab == InboxTab.Unassigned)
        {
            yield return $"{before}\"AssigneeId\" IS NULL";
        }
        else if (Tab == InboxTab.Mine)
        {
            yield return $"{before}\"AssigneeId\" = {Text(AgentId!.Value)}";
        }

        if (Status is { } status)
        {
            yield return $"{before}\"Status\" = {(int)status}";
        }

        if (Numbers is { } numbers)
        {
            yield return $"{before}\"NumberId\" {OneOf(numbers)}";
        }

        if (LabelId is { } label)
        {
            var id = before == "c." ? "c.\"Id\"" : "\"Conversations\".\"Id\"";
            yield return $"EXISTS (SELECT 1 FROM \"ConversationLabels\" l WHERE l.\"LabelId\" = {Text(label)} AND l.\"ConversationId\" = {id})";
        }

        if (Within is { } within)
        {
            yield return $"{(before == "+" ? "" : before)}\"Id\" {OneOf(within)}";
        }
    }

    /// <summary>Whether a row that was read without the filter belongs to it. A search is not asked.</summary>
    public bool Holds(InboxRow row) =>
        Tab switch
        {
            InboxTab.Unassigned => row.AssigneeId is null,
            InboxTab.Mine => row.AssigneeId is { } assignee && assignee == AgentId,
            _ => true,
        }
        && (Status is null || row.Status == Status)
        && (Numbers is null || Numbers.Contains(row.NumberId))
        && (LabelId is not { } label || Labels.LabelIds.Read(row.LabelIds).Contains(label));

    /// <summary>
    /// The filter as filters that each hold one status and, where the index begins with it, one number: an IN over a leading column loses
    /// the order of the index, a range per value keeps it.
    /// </summary>
    public IReadOnlyList<InboxFilter> Ranges()
    {
        var statuses = Status is { } one ? [one] : Statuses;
        var numbers = Numbers ?? (Tab == InboxTab.All ? null : AllNumbers);
        return numbers is null
            ? [.. statuses.Select(status => this with { Status = status })]
            : [.. statuses.SelectMany(_ => numbers, (status, number) => this with { Status = status, Numbers = [number] })];
    }

    /// <summary>The filter with every leading column of its index named, for counting.</summary>
    public InboxFilter Spelled() => Tab == InboxTab.All || Numbers is not null ? this : this with { Numbers = AllNumbers };

    /// <summary>PostgreSQL knows no empty list; no id is below one.</summary>
    private static string OneOf(IReadOnlyCollection<long> ids) =>
        ids.Count == 0 ? "= 0" : ids.Count == 1 ? $"= {Text(ids.First())}" : $"IN ({string.Join(", ", ids.Select(Text))})";

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
