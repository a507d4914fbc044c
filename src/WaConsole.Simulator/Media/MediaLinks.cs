namespace WaConsole.Simulator.Media;

/// <summary>
/// What WhatsApp would find behind a link. Nothing is fetched, the simulator never leaves the machine: a host under
/// <c>.invalid</c> cannot be reached, and an ending that names another type is that type.
/// </summary>
internal static class MediaLinks
{
    private static readonly Dictionary<string, string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image",
        [".jpeg"] = "image",
        [".png"] = "image",
        [".mp4"] = "video",
        [".3gp"] = "video",
        [".aac"] = "audio",
        [".amr"] = "audio",
        [".mp3"] = "audio",
        [".m4a"] = "audio",
        [".ogg"] = "audio",
        [".webp"] = "sticker",
        [".gif"] = "",
        [".webm"] = "",
        [".wav"] = "",
        [".avi"] = "",
        [".exe"] = "",
    };

    public static string? Refusal(string kind, string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri))
        {
            return null;
        }

        if (uri.Host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
        {
            return "The link could not be reached.";
        }

        return kind is "image" or "video" or "audio" or "sticker"
            && Endings.TryGetValue(Path.GetExtension(uri.AbsolutePath), out var found) && found != kind
            && !(kind == "audio" && found == "video")
            ? $"The file behind the link cannot be sent as {kind}."
            : null;
    }
}
