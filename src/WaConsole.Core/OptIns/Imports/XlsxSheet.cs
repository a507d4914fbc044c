using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>
/// The first sheet of an Office Open XML workbook (ECMA-376), read as a stream. A workbook is a zip archive from a stranger: what comes out of
/// each part is counted against a bound, no DTD is read, and its shared texts go to a file beside instead of the memory.
/// </summary>
internal sealed class XlsxSheet : Sheet
{
    /// <summary>A million rows of twenty cells are 600 MB.</summary>
    internal const long MostSheetBytes = 1L << 30;
    internal const long MostTextBytes = 512L << 20;
    private const long MostPartBytes = 8L << 20;
    private const int MostParts = 10_000;

    private static readonly XmlReaderSettings Xml = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly SharedTexts _texts;

    private XlsxSheet(FileStream file, ZipArchive archive, SharedTexts texts)
    {
        (_file, _archive, _texts) = (file, archive, texts);
    }

    /// <param name="beside">Where the shared texts may be put; the file goes with the sheet.</param>
    /// <exception cref="SheetFault">It is no workbook.</exception>
    public static XlsxSheet Open(FileStream file, string beside)
    {
        ZipArchive? archive = null;
        SharedTexts? texts = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostParts || archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new SheetFault("There is no workbook in it.");
            }

            texts = new SharedTexts(beside);
            var sheet = new XlsxSheet(file, archive, texts);
            sheet.ReadTexts();
            return sheet;
        }
        catch (Exception fault)
        {
            texts?.Dispose();
            archive?.Dispose();
            file.Dispose();
            throw fault is InvalidDataException or XmlException ? new SheetFault(fault.Message) : fault;
        }
    }

    public override double Share => _file.Length == 0 ? 1 : Math.Min(1, (double)_file.Position / _file.Length);

    public override IEnumerable<SheetRow> Rows()
    {
        using var part = Part(FirstSheet(), MostSheetBytes);
        using var xml = XmlReader.Create(part, Xml);
        var number = 0;
        while (Next(xml))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                var at = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told > number ? told : number + 1;
                number = at;
                yield return Row(xml, at);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _archive.Dispose();
            _texts.Dispose();
            _file.Dispose();
        }
    }

    private SheetRow Row(XmlReader xml, int number)
    {
        var cells = new List<string>();
        var bad = false;
        if (xml.IsEmptyElement)
        {
            return new SheetRow(number, cells);
        }

        var depth = xml.Depth;
        while (Next(xml) && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            var column = ColumnOf(xml.GetAttribute("r")) ?? cells.Count;
            var type = xml.GetAttribute("t");
            var value = Value(xml, type);
            if (column >= MostColumns || column < cells.Count)
            {
                bad |= column >= MostColumns && value.Length > 0;
                continue;
            }

            while (cells.Count < column)
            {
                cells.Add("");
            }

            cells.Add(value);
        }

        return new SheetRow(number, cells, bad);
    }

    private string Value(XmlReader xml, string? type)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var (depth, raw) = (xml.Depth, "");
        while (Next(xml) && xml.Depth > depth)
        {
            // Of a text in pieces, each with its own look, the words; never the reading aid (rPh).
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && raw.Length < LongestCell)
            {
                raw += xml.Value;
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "f" or "rPh" })
            {
                Skip(xml);
            }
        }

        return Cut(type switch
        {
            "s" => int.TryParse(raw.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var which) ? _texts.Read(which) : "",
            "inlineStr" or "str" or "b" or "e" or "d" => raw,

            // A long phone number is kept as 4.917612345678E11.
            _ => decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
                ? amount.ToString("0.##########", CultureInfo.InvariantCulture)
                : raw,
        });
    }

    private void ReadTexts()
    {
        if (_archive.GetEntry("xl/sharedStrings.xml") is null)
        {
            return;
        }

        using var part = Part("xl/sharedStrings.xml", MostTextBytes);
        using var xml = XmlReader.Create(part, Xml);
        while (Next(xml))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                _texts.Add(Cut(Value(xml, "inlineStr")));
            }
        }

        _texts.Close();
    }

    private string FirstSheet()
    {
        string? id = null;
        using (var part = Part("xl/workbook.xml", MostPartBytes))
        using (var xml = XmlReader.Create(part, Xml))
        {
            while (id is null && Next(xml))
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                {
                    id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                        ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships") ?? "";
                }
            }
        }

        using (var part = Part("xl/_rels/workbook.xml.rels", MostPartBytes))
        using (var xml = XmlReader.Create(part, Xml))
        {
            while (Next(xml))
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Id") == id && xml.GetAttribute("Target") is { } target)
                {
                    return target.StartsWith('/') ? target[1..] : $"xl/{target}";
                }
            }
        }

        throw new SheetFault("The workbook has no sheet.");
    }

    private BoundedPart Part(string name, long most) =>
        new((_archive.GetEntry(name) ?? throw new SheetFault("A part of the workbook is missing.")).Open(), most);

    private static bool Next(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            throw new SheetFault(broken.Message);
        }
    }

    private static void Skip(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (Next(xml) && xml.Depth > depth)
        {
            // Nothing of it is for us.
        }
    }

    private static int? ColumnOf(string? cell)
    {
        var column = 0;
        foreach (var letter in cell ?? "")
        {
            if (letter is < 'A' or > 'Z')
            {
                break;
            }

            column = (column * 26) + letter - 'A' + 1;
            if (column > MostColumns)
            {
                return MostColumns;
            }
        }

        return column > 0 ? column - 1 : null;
    }

    private static string Cut(string text) => text.Length <= LongestCell ? text : text[..LongestCell];
}
