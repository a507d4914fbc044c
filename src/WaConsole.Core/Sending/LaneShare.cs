namespace WaConsole.Core.Sending;

/// <summary>
/// Pure: who goes next when more is due than may leave. Agents before everything; of the rest automation gets three quarters while
/// broadcasts wait too, so that neither an agent waits for a broadcast nor a broadcast for ever. What one does not use the other gets.
/// </summary>
internal static class LaneShare
{
    /// <param name="places">How many may leave.</param>
    /// <param name="before">How many automation and broadcasts got before, together: few places are divided exactly over several turns.</param>
    /// <param name="agents">How many are due in this lane, and so on.</param>
    public static (int Agents, int Automation, int Broadcasts) Of(int places, int before, int agents, int automation, int broadcasts)
    {
        var first = Math.Min(places, agents);
        var rest = places - first;
        var quarter = (rest + before % 4) / 4;
        var second = Math.Min(automation, rest - Math.Min(quarter, broadcasts));
        return (first, second, Math.Min(broadcasts, rest - second));
    }
}
