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

    public string Read(int which)
    {
        if (which < 0 || which >= _ends.Count)
        {
            return "";
        }

        if (_file.Position == _ends[^1])
        {
            _file.Flush();
        }

        var start = which == 0 ? 0 : _ends[which - 1];
        var bytes = new byte[_ends[which] - start];
        RandomAccess.Read(_file.SafeFileHandle, bytes, start);
        return Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => _file.Dispose();
}
