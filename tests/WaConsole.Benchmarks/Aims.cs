using System.Globalization;

namespace WaConsole.Benchmarks;

/// <summary>What a run had to reach; each aim that was missed is named in a line of its own.</summary>
internal sealed class Aims
{
    private readonly List<string> _missed = [];

    public Aims AtLeast(string what, double measured, double aim, string unit) => Add(measured >= aim, what, measured, "at least", aim, unit);

    public Aims AtMost(string what, double measured, double aim, string unit) => Add(measured <= aim, what, measured, "at most", aim, unit);

    public Aims Under(string what, double measured, double aim, string unit) => Add(measured < aim, what, measured, "under", aim, unit);

    /// <returns>The exit code: 0 when all were reached.</returns>
    public int Tell()
    {
        _missed.ForEach(Console.WriteLine);
        return _missed.Count == 0 ? 0 : 1;
    }

    /// <summary>A value that was not measured (NaN) reaches no aim.</summary>
    private Aims Add(bool isReached, string what, double measured, string words, double aim, string unit)
    {
        if (!isReached)
        {
            _missed.Add(string.Create(CultureInfo.InvariantCulture, $"missed: {what} {measured:0.##}{unit}, the aim is {words} {aim:0.##}{unit}"));
        }

        return this;
    }
}
