using System.Text;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>The shared texts of a workbook in a file of their own, found by their number: of a million names only the places are in memory.</summary>
internal sealed class SharedTexts(string path) : IDisposable
{
    private const int Most = 10_000_000;

    private readonly FileStream _file = new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Options = FileOptions.DeleteOnClose,
        BufferSize = 256 * 1024,
    });

    private readonly List<long> _ends = [];

    public void Add(string text)
    {
        if (_ends.Count == Most)
        {
            throw new SheetFault("It holds more texts than a list of people can need.");
        }

        _file.Write(Encoding.UTF8.GetBytes(text));
        _ends.Add(_file.Position);
    }

    /// <summary>Nothing is added any more: what was added can be read from here on.</summary>
    public void Close() => _file.Flush();

    public string Read(int which)
    {
        if (which < 0 || which >= _ends.Count)
        {
            return "";
        }

        var start = which == 0 ? 0 : _ends[which - 1];
        var bytes = new byte[_ends[which] - start];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(read), start + read) is var more and > 0)
        {
            read += more;
        }

        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    public void Dispose() => _file.Dispose();
}
