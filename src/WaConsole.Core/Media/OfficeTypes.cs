namespace WaConsole.Core.Media;

/// <summary>Pure: which office format a container holds.</summary>
internal static class OfficeTypes
{
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string PowerPoint = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    private static readonly (string Mime, string Extension)[] All =
    [
        (Word, ".docx"),
        (Excel, ".xlsx"),
        (PowerPoint, ".pptx"),
        ("application/msword", ".doc"),
        ("application/vnd.ms-excel", ".xls"),
        ("application/vnd.ms-powerpoint", ".ppt"),
        ("application/zip", ".zip"),
    ];

    public static string ExtensionOf(string mimeType) => All.FirstOrDefault(type => type.Mime == mimeType).Extension ?? "";

    public static string Zipped(ReadOnlySpan<byte> head, string hint, string? fileName) =>
        head.IndexOf("word/"u8) >= 0 ? Word
        : head.IndexOf("xl/"u8) >= 0 ? Excel
        : head.IndexOf("ppt/"u8) >= 0 ? PowerPoint
        : head.IndexOf("[Content_Types].xml"u8) >= 0 ? Named([Word, Excel, PowerPoint], hint, fileName) ?? "application/zip"
        : "application/zip";

    public static string Old(string hint, string? fileName) =>
        Named(["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"], hint, fileName) ?? MediaTypes.Unknown;

    private static string? Named(ReadOnlySpan<string> candidates, string hint, string? fileName)
    {
        var extension = Path.GetExtension(fileName ?? "").ToLowerInvariant();
        foreach (var candidate in candidates)
        {
            if (candidate == hint || (extension.Length > 0 && ExtensionOf(candidate) == extension))
            {
                return candidate;
            }
        }

        return null;
    }
}
