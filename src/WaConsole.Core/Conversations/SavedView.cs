namespace WaConsole.Core.Conversations;

/// <summary>A list somebody looks at often: its tab, filters and sort, as the address holds them.</summary>
internal sealed class SavedView
{
    public long Id { get; set; }

    /// <summary>See Team.Owned. Not null, so that the unique key holds for shared ones too.</summary>
    public long OwnerId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>The name folded; unique for its owner.</summary>
    public string NameKey { get; set; } = "";

    /// <summary>The query part of the address.</summary>
    public string Query { get; set; } = "";

    public DateTime CreatedAtUtc { get; set; }
}

public sealed record SavedViewItem(long Id, string Name, string Query, bool IsShared, bool MayChange);
