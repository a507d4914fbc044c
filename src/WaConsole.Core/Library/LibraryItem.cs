using WaConsole.Core.Conversations;
using WaConsole.Core.Media;

namespace WaConsole.Core.Library;

/// <summary>A file everybody who works in the inbox may send again. Its MediaFile belongs to no conversation.</summary>
internal sealed class LibraryItem
{
    public long Id { get; set; }

    public long MediaFileId { get; set; }

    public MediaFile MediaFile { get; set; } = null!;

    public string Name { get; set; } = "";

    public long? AddedById { get; set; }

    public DateTime AddedAtUtc { get; set; }
}

/// <summary><see cref="Kind"/> is what it is sent as. Path of the bytes: /media/{Key}.</summary>
public sealed record LibraryEntry(
    long Id, long MediaFileId, Guid Key, string Name, MessageKind Kind, string FileName, string MimeType, long SizeBytes, bool MayChange);

internal static class LibraryRules
{
    /// <summary>All of it is read at once.</summary>
    public const int MaxItems = 1000;

    public const int MaxName = 80;

    /// <summary>One's own, and an admin everything.</summary>
    public static bool MayChange(Team.Caller caller, long? addedById) =>
        caller.IsAdmin || (addedById is not null && addedById == caller.AgentId);
}
