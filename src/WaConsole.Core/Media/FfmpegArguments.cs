using FFMpegCore;

namespace WaConsole.Core.Media;

/// <summary>
/// Pure: the command lines of ffmpeg. The one demuxer that fits the bytes is named, so that a playlist or a list of files inside a
/// customer's file is never followed; no protocol but files and pipes; no pictures, no words about the recording; a bound on length,
/// size, memory and time on the processor.
/// </summary>
internal static class FfmpegArguments
{
    /// <summary>Samples per second that are measured: enough for a picture of the loudness.</summary>
    public const int MeasuredRate = 8000;

    private const int LongestSeconds = 2 * 60 * 60;
    private const long LargestBytes = 64L * 1024 * 1024;

    private static readonly Dictionary<string, string> Demuxers = new(StringComparer.Ordinal)
    {
        ["audio/ogg"] = "ogg",
        ["audio/amr"] = "amr",
        ["audio/aac"] = "aac",
        ["audio/mpeg"] = "mp3",
        ["audio/mp4"] = "mov",
        ["video/mp4"] = "mov",
        ["audio/wav"] = "wav",
        ["audio/webm"] = "matroska",
        ["video/webm"] = "matroska",
    };

    /// <summary>Whether the sound of this type can be read.</summary>
    public static bool Knows(string mimeType) => Demuxers.ContainsKey(mimeType);

    /// <summary>Raw samples of one channel on the output.</summary>
    public static string Measure(string path, string mimeType) => Of(path, mimeType, "pipe:1", output => output
        .WithCustomArgument($"-ac 1 -ar {MeasuredRate} -c:a pcm_s16le -f s16le"));

    /// <summary>AAC in MP4, its index first: what every browser plays.</summary>
    public static string Copy(string path, string mimeType, string target) => Of(path, mimeType, target, output => output
        .WithCustomArgument("-ac 1 -ar 44100 -c:a aac -b:a 64k -movflags +faststart -f mp4"));

    /// <summary>A voice note as WhatsApp wants it: Opus in OGG, one channel.</summary>
    public static string VoiceNote(string path, string mimeType, string target, int bitsPerSecond) => Of(path, mimeType, target, output => output
        .WithCustomArgument($"-ac 1 -ar 48000 -c:a libopus -application voip -b:a {bitsPerSecond} -f ogg"));

    private static string Of(string path, string mimeType, string target, Action<FFMpegOutputOptions> form) => FFMpegArguments
        .FromFileInput(path, verifyExists: false, input => input
            .WithCustomArgument($"-loglevel quiet -nostdin -timelimit 120 -max_alloc {LargestBytes * 2}")
            .WithCustomArgument($"-protocol_whitelist file,pipe -format_whitelist {Whitelist(Demuxers[mimeType])} -f {Demuxers[mimeType]} -threads 1"))
        .OutputToFile(target, overwrite: true, output =>
        {
            output.WithCustomArgument($"-map 0:a:0 -vn -sn -dn -map_metadata -1 -map_chapters -1 -t {LongestSeconds} -fs {(target.StartsWith("pipe:", StringComparison.Ordinal) ? LongestSeconds * MeasuredRate * 2 : LargestBytes)} -threads 1");
            form(output);
        })
        .Arguments;

    /// <summary>Some demuxers have many names, and the list wants all of the one.</summary>
    private static string Whitelist(string demuxer) => demuxer switch
    {
        "mov" => "mov,mp4,m4a,3gp,3g2,mj2",
        "matroska" => "matroska,webm",
        _ => demuxer,
    };
}
