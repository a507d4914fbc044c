using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: rows do not move under the pointer. What is on screen stays in its place with fresh contents, and the new order waits.</summary>
public static class ListOrder
{
    /// <summary>How many changes wait: rows that would come, go or move.</summary>
    public static int Changes(IReadOnlyList<InboxRow> shown, IReadOnlyList<InboxRow> fresh)
    {
        var freshIds = fresh.Select(row => row.Id).ToHashSet();
        var shownIds = shown.Select(row => row.Id).ToHashSet();
        var gone = shown.Count(row => !freshIds.Contains(row.Id));
        var come = fresh.Count(row => !shownIds.Contains(row.Id));

        var stayed = shown.Where(row => freshIds.Contains(row.Id)).Select(row => row.Id).ToList();
        var wanted = fresh.Where(row => shownIds.Contains(row.Id)).Select(row => row.Id).ToList();
        return Math.Max(gone, come) + Jumps(stayed, wanted);
    }

    /// <summary>Rows that moved ahead of others: the fewest that explain the new order when activity lifts rows to the top.</summary>
    private static int Jumps(List<long> stayed, List<long> wanted)
    {
        var jumps = 0;
        var next = 0;
        HashSet<long> lifted = [];
        foreach (var id in wanted)
        {
            while (next < stayed.Count && lifted.Contains(stayed[next]))
            {
                next++;
            }

            if (next < stayed.Count && stayed[next] == id)
            {
                next++;
            }
            else
            {
                jumps++;
                lifted.Add(id);
            }
        }

        return jumps;
    }
}
