namespace WaConsole.Core.Live;

public enum RelayCondition
{
    /// <summary>One node: there is nobody to tell.</summary>
    NotUsed = 0,
    Connected = 1,

    /// <summary>Changes of other nodes are not heard; screens show them when they read again.</summary>
    Away = 2,
}

/// <summary>Whether this node and the others hear each other.</summary>
public sealed class RelayState
{
    public RelayCondition Condition { get; internal set; }
}
