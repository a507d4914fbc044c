namespace WaConsole.Core.Conversations;

/// <summary>Pure: whose turn it is.</summary>
internal static class Turn
{
    /// <param name="people">Who can take one, by id.</param>
    /// <param name="open">How many open conversations each has; nobody named has none.</param>
    /// <param name="lastId">Who had the last turn.</param>
    /// <param name="capacity">Most open conversations of one person; 0 for no limit.</param>
    public static Assignee? Next(IReadOnlyList<Assignee> people, IReadOnlyDictionary<long, int> open, long? lastId, int capacity)
    {
        var free = people.Where(person => capacity <= 0 || open.GetValueOrDefault(person.AgentId) < capacity).ToList();
        return free.Find(person => person.AgentId > (lastId ?? 0)) ?? free.FirstOrDefault();
    }
}
