using System.Buffers.Binary;

namespace WaConsole.Benchmarks.Agents;

/// <summary>
/// The texts of a render batch, each as UTF-8. A batch ends with the offsets of its five parts; the last is a table of the offsets of all
/// texts, each written as its length in groups of seven bits and its bytes.
/// </summary>
internal ref struct BatchTexts
{
    private const int Parts = 5;

    private readonly ReadOnlySpan<byte> _batch;
    private ReadOnlySpan<byte> _table;

    public BatchTexts(ReadOnlySpan<byte> batch)
    {
        _batch = batch;
        _table = batch.Length < Parts * sizeof(int)
            ? []
            : batch[BinaryPrimitives.ReadInt32LittleEndian(batch[^sizeof(int)..])..^(Parts * sizeof(int))];
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly BatchTexts GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_table.Length < sizeof(int))
        {
            return false;
        }

        var text = _batch[BinaryPrimitives.ReadInt32LittleEndian(_table)..];
        var (length, shift, at) = (0, 0, 0);
        do
        {
            length |= (text[at] & 0x7F) << shift;
            shift += 7;
        }
        while (text[at++] >= 0x80);

        Current = text.Slice(at, length);
        _table = _table[sizeof(int)..];
        return true;
    }
}
