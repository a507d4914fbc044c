using System.ComponentModel.DataAnnotations;

namespace WaConsole.Core.Media;

public sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>Folder of received and uploaded files. Resolved to an absolute path by the host.</summary>
    [Required]
    public string Root { get; set; } = "data/media";

    /// <summary>Path of the program ffmpeg; empty: the one on the PATH, if any.</summary>
    public string Ffmpeg { get; set; } = "";
}
