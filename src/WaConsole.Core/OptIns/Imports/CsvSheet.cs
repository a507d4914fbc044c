using System.Text;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>
/// Comma-separated values by RFC 4180, as programs in earnest write them: any separator, any line end, quotes that open late or never close.
/// A cell without an end is cut off at a bound and its row marked: a file of one quote does not fill the memory.
/// </summary>
internal sealed class CsvSheet(FileStream file, Encoding encoding, char separator) : Sheet
{
    private readonly StreamReader _text = new(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);

    public override double Share => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    public override IEnumerable<SheetRow> Rows()
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (quoted, wasQuoted, bad, number) = (false, false, false, 0);
        int read;
        while ((read = _text.Read()) >= 0)
        {
            var at = (char)read;
            if (quoted)
            {
                if (at != '"')
                {
                    bad |= !Put(cell, at);
                }
                else if (_text.Peek() == '"')
                {
                    _ = _text.Read();
                    bad |= !Put(cell, at);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (at == '"' && cell.Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted) = (true, true);
            }
            else if (at == separator)
            {
                bad |= !End(cells, cell);
                wasQuoted = false;
            }
            else if (at is '\r' or '\n')
            {
                if (at == '\r' && _text.Peek() == '\n')
                {
                    _ = _text.Read();
                }

                bad |= !End(cells, cell);
                yield return new SheetRow(++number, [.. cells], bad);
                cells.Clear();
                (wasQuoted, bad) = (false, false);
            }
            else
            {
                bad |= !Put(cell, at);
            }
        }

        if (cell.Length > 0 || cells.Count > 0 || wasQuoted)
        {
            bad |= !End(cells, cell);
            yield return new SheetRow(++number, [.. cells], bad || quoted);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }
    }

    private static bool Put(StringBuilder cell, char at)
    {
        if (cell.Length >= LongestCell)
        {
            return false;
        }

        cell.Append(at);
        return true;
    }

    private static bool End(List<string> cells, StringBuilder cell)
    {
        var fits = cells.Count < MostColumns;
        if (fits)
        {
            cells.Add(cell.ToString());
        }

        cell.Clear();
        return fits;
    }
}
