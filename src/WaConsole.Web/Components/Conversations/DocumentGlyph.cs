using Microsoft.AspNetCore.Components;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>One icon for each family of documents, told by the ending of the name, and by the type where the name has none.</summary>
public static class DocumentGlyph
{
    public static RenderFragment Of(string family) => family switch
    {
        "pdf" => Glyphs.DocumentOfPages,
        "sheet" => Glyphs.DocumentOfCells,
        "slides" => Glyphs.DocumentOfSlides,
        "archive" => Glyphs.DocumentOfFiles,
        "text" => Glyphs.DocumentOfText,
        _ => Glyphs.Document,
    };

    /// <summary>Also names the colour of the icon in the stylesheet.</summary>
    public static string FamilyOf(string fileName, string mimeType) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".PDF" => "pdf",
        ".XLS" or ".XLSX" or ".ODS" or ".CSV" => "sheet",
        ".PPT" or ".PPTX" or ".ODP" => "slides",
        ".ZIP" or ".RAR" or ".7Z" or ".GZ" or ".TAR" => "archive",
        ".TXT" or ".DOC" or ".DOCX" or ".ODT" or ".RTF" or ".MD" => "text",
        _ => OfType(mimeType),
    };

    private static string OfType(string mimeType) => mimeType switch
    {
        "application/pdf" => "pdf",
        _ when mimeType.Contains("spreadsheet", StringComparison.Ordinal) || mimeType.Contains("excel", StringComparison.Ordinal) => "sheet",
        _ when mimeType.Contains("presentation", StringComparison.Ordinal) || mimeType.Contains("powerpoint", StringComparison.Ordinal) => "slides",
        _ when mimeType.Contains("zip", StringComparison.Ordinal) => "archive",
        _ when mimeType.Contains("word", StringComparison.Ordinal) || mimeType.StartsWith("text/", StringComparison.Ordinal) => "text",
        _ => "other",
    };
}
