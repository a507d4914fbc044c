using System.Globalization;

namespace WaConsole.Web.Components.Conversations;

public static class FileSize
{
    /// <summary>"820 KB", "4.2 MB": decimal units, as phones show them.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1000d:0} KB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1_000_000d:0.0} MB"),
    };
}
