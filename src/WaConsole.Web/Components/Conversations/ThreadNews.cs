using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: what changed lines mean for the part of a thread that is on screen. Lines that did not change stay the same objects.</summary>
public static class ThreadNews
{
    /// <summary>Which of the changed lines belong to what is shown.</summary>
    /// <param name="startsHere">The first line shown is the first there is.</param>
    /// <param name="endsHere">The last line shown is the newest, so that a newer one belongs below it.</param>
    public static IReadOnlyCollection<long> Shown(
        IReadOnlyList<ThreadLine> lines, IReadOnlyCollection<long> changed, bool startsHere, bool endsHere) =>
        [.. changed.Where(id => (startsHere || id >= lines[0].Id) && (endsHere || id <= lines[^1].Id))];

    /// <returns>The lines with the fresh ones in their places, oldest first.</returns>
    public static IReadOnlyList<ThreadLine> Merge(IReadOnlyList<ThreadLine> lines, IReadOnlyList<ThreadLine> fresh)
    {
        var byId = fresh.ToDictionary(line => line.Id);
        List<ThreadLine> merged = [.. lines.Select(line => byId.Remove(line.Id, out var newer) ? newer : line)];
        foreach (var line in byId.Values)
        {
            var at = merged.Count;
            while (at > 0 && merged[at - 1].Id > line.Id)
            {
                at--;
            }

            merged.Insert(at, line);
        }

        return merged;
    }
}
