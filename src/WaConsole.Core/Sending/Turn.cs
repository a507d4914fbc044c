namespace WaConsole.Core.Sending;

/// <summary>How long to wait before one more may leave, or its flight, which was counted and may begin.</summary>
internal readonly record struct Turn(TimeSpan Wait, Flight? Flight);

/// <summary>A message on its way. Landing it a second time changes nothing.</summary>
internal sealed class Flight(NumberPace pace, TimeSpan left)
{
    private int _landed;

    /// <param name="answered">WhatsApp took it: how long that took says how long the way is.</param>
    public void Land(bool answered)
    {
        if (Interlocked.Exchange(ref _landed, 1) == 0)
        {
            pace.Land(left, answered);
        }
    }
}
