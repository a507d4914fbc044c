using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Media;

/// <summary>Small real files of our own making, so that a customer can send every kind of message without having one at hand.</summary>
public static class Samples
{
    private static readonly Dictionary<string, (string Resource, string MimeType)> Files = new(StringComparer.Ordinal)
    {
        ["image"] = ("scratched-boot.jpg", "image/jpeg"),
        ["video"] = ("squeaky-step.mp4", "video/mp4"),
        ["audio"] = ("workshop-bell.mp3", "audio/mpeg"),
        ["voice"] = ("voice-note.ogg", "audio/ogg; codecs=opus"),
        ["document"] = ("order-AO-2047.pdf", "application/pdf"),
        ["sticker"] = ("thank-you.webp", "image/webp"),
    };

    public static IReadOnlyCollection<string> Kinds => Files.Keys;

    /// <summary>A sample of this kind as a customer's message; <c>voice</c> is a voice note.</summary>
    public static MessageContent Message(string kind, string? caption, SimulatedWhatsApp world)
    {
        var (name, mimeType) = Files[kind];
        var file = world.Media.Add(Read(name), mimeType, name, null, fromCustomer: true);
        var part = new MediaPart(file.Id, mimeType, name, Voice: kind == "voice");
        var captioned = kind is "image" or "video" or "document" ? caption : null;
        return MessageContent.OfMedia(kind == "voice" ? "audio" : kind, part, captioned);
    }

    /// <summary>The bytes and type of a sample.</summary>
    public static (byte[] Bytes, string MimeType, string FileName) File(string kind)
    {
        var (name, mimeType) = Files[kind];
        return (Read(name), mimeType, name);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream("WaConsole.Simulator.Samples." + name)
            ?? throw new InvalidOperationException("A sample file is missing from the assembly.");
        using var kept = new MemoryStream();
        stream.CopyTo(kept);
        return kept.ToArray();
    }
}
