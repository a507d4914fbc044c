using Microsoft.Extensions.Options;

namespace WaConsole.Core.Media;

/// <summary>Where ffmpeg is: as configured, or on the PATH. Looked for once, when the program starts.</summary>
internal sealed class Ffmpeg(IOptions<MediaOptions> options)
{
    private readonly Lazy<string?> _program = new(() => Find(options.Value.Ffmpeg, Environment.GetEnvironmentVariable("PATH") ?? ""));

    /// <summary>Null when there is none.</summary>
    public string? Program => _program.Value;

    internal static string? Find(string configured, string path)
    {
        if (configured.Length > 0)
        {
            return File.Exists(configured) ? Path.GetFullPath(configured) : null;
        }

        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
