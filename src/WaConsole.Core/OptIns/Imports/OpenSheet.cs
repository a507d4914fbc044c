using WaConsole.Core.Media;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>The file of an import, at its beginning.</summary>
internal static class OpenSheet
{
    /// <exception cref="SheetFault">It is gone, or no workbook.</exception>
    public static Sheet Run(MediaStore files, ConsentImport import)
    {
        if (import.FileKey is not { } key || !File.Exists(files.PathOf(key)))
        {
            throw new SheetFault("The file is not here any more.");
        }

        var file = new FileStream(files.PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        return import.Format == SheetFormat.Xlsx
            ? XlsxSheet.Open(file, files.NewUnfinished())
            : new CsvSheet(file, CsvFormat.EncodingOf(import.Encoding), import.Separator[0]);
    }
}
