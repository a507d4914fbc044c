namespace WaConsole.Core.CannedReplies;

/// <summary>A text agents send often, found by its shortcut. See CannedVariables for what may stand in it.</summary>
internal sealed class CannedReply
{
    public long Id { get; set; }

    /// <summary>See Team.Owned. Not null, so that the unique key holds for shared ones too.</summary>
    public long OwnerId { get; set; }

    public string Shortcut { get; set; } = "";

    /// <summary>The shortcut folded; unique for its owner.</summary>
    public string ShortcutKey { get; set; } = "";

    public string Body { get; set; } = "";

    public DateTime ChangedAtUtc { get; set; }
}

public sealed record CannedReplyView(long Id, string Shortcut, string Body, bool IsShared, bool MayChange);
