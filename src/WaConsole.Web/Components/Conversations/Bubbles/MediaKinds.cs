using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations.Bubbles;

/// <summary>How the file in a header is drawn.</summary>
internal static class MediaKinds
{
    public static MessageKind Of(string? mimeType) => mimeType switch
    {
        { } type when type.StartsWith("image/", StringComparison.Ordinal) => MessageKind.Image,
        { } type when type.StartsWith("video/", StringComparison.Ordinal) => MessageKind.Video,
        _ => MessageKind.Document,
    };
}
