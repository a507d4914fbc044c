namespace WaConsole.Core.Team;

/// <summary>Who may change what belongs to one person or to everybody: one's own, and an admin what is everybody's.</summary>
internal static class Owned
{
    /// <summary>The owner of what everybody has.</summary>
    public const long ByEverybody = 0;

    public static bool MayChange(Caller caller, long ownerId) => ownerId == ByEverybody ? caller.IsAdmin : ownerId == caller.AgentId;
}
