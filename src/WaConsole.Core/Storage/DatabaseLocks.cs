namespace WaConsole.Core.Storage;

/// <summary>Names of PostgreSQL's advisory locks that more than one area takes.</summary>
internal static class DatabaseLocks
{
    /// <summary>Held by whoever works off webhooks, one node at a time.</summary>
    public const long Intake = 0x5761_496E_7461_6B65;
}
