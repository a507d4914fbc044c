namespace WaConsole.Core.Storage;

/// <summary>Names of PostgreSQL's advisory locks that more than one area takes.</summary>
internal static class DatabaseLocks
{
    /// <summary>Held by whoever works off webhooks, one node at a time.</summary>
    public const long Intake = 0x5761_496E_7461_6B65;

    /// <summary>Held by whoever adds to the media library, for what is counted and compared before.</summary>
    public const long Library = 0x5761_4C69_6272_6172;

    /// <summary>Held by whoever links entries of the opt-in registry.</summary>
    public const long Consent = 0x5761_436F_6E73_656E;
}
