namespace WaConsole.Core.Media;

/// <summary>
/// Pure: the shape of a sound of unknown length, in a few numbers however long it is. Samples are counted into bars; when there are too
/// many bars, neighbours become one.
/// </summary>
internal sealed class Loudness
{
    public const int Bars = 48;

    private const int Most = Bars * 4;

    private readonly int[] _peaks = new int[Most];
    private int _filled;
    private int _perBar = 200;
    private int _inBar;
    private int _peak;

    public long Samples { get; private set; }

    public void Add(short sample)
    {
        Samples++;
        _peak = Math.Max(_peak, Math.Abs((int)sample));
        if (++_inBar < _perBar)
        {
            return;
        }

        Close();
        if (_filled == Most)
        {
            Halve();
        }
    }

    /// <returns>One hexadecimal digit per bar, the loudest of them f; empty when there was no sound at all.</returns>
    public string Read()
    {
        if (_inBar > 0)
        {
            Close();
        }

        if (_filled == 0)
        {
            return "";
        }

        var bars = Math.Min(Bars, _filled);
        var loudest = Math.Max(1, _peaks.AsSpan(0, _filled).ToArray().Max());
        return string.Create(bars, (_peaks, _filled, loudest), static (text, known) =>
        {
            for (var bar = 0; bar < text.Length; bar++)
            {
                var (from, to) = (bar * known._filled / text.Length, Math.Max((bar + 1) * known._filled / text.Length, (bar * known._filled / text.Length) + 1));
                var peak = 0;
                for (var at = from; at < to; at++)
                {
                    peak = Math.Max(peak, known._peaks[at]);
                }

                text[bar] = "0123456789abcdef"[(int)Math.Round(15.0 * peak / known.loudest)];
            }
        });
    }

    private void Close()
    {
        _peaks[_filled++] = _peak;
        (_inBar, _peak) = (0, 0);
    }

    private void Halve()
    {
        for (var bar = 0; bar < Most / 2; bar++)
        {
            _peaks[bar] = Math.Max(_peaks[2 * bar], _peaks[(2 * bar) + 1]);
        }

        _filled = Most / 2;
        _perBar *= 2;
    }
}
