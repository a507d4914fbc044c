namespace WaConsole.Web.Components.Shared;

/// <summary>Readings of one thing that may overtake each other: the one that was asked for last stands.</summary>
internal sealed class LatestReading
{
    private int _asked;
    private int _answered;

    /// <returns>What its answer is to be shown with.</returns>
    public int Ask() => ++_asked;

    /// <returns>False when one that was asked for later has been answered already.</returns>
    public bool Stands(int asked)
    {
        if (asked < _answered)
        {
            return false;
        }

        _answered = asked;
        return true;
    }
}
