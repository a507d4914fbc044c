namespace WaConsole.Core.OptIns.Imports;

/// <summary>A row of a file as a spreadsheet program numbers it. Unreadable: a cell has no end, or there is no end of cells.</summary>
internal sealed record SheetRow(int Number, IReadOnlyList<string> Cells, bool Unreadable = false)
{
    public bool IsEmpty => Cells.All(string.IsNullOrWhiteSpace);

    public string Cell(int? column) => column is { } at && at >= 0 && at < Cells.Count ? Cells[at] : "";
}

/// <summary>A file of rows, read once from its beginning; only the row at hand is in memory.</summary>
internal abstract class Sheet : IDisposable
{
    public const int MostColumns = 200;
    public const int LongestCell = 4_000;

    /// <summary>How much of the file is read, from 0 to 1.</summary>
    public abstract double Share { get; }

    public abstract IEnumerable<SheetRow> Rows();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>The file is not what it says it is, or asks for more than a list of people can need.</summary>
internal sealed class SheetFault(string message) : Exception(message);
