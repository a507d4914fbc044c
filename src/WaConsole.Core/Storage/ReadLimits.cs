namespace WaConsole.Core.Storage;

internal enum ReadKind
{
    List,
    Rows,
    Count,
    Search,
}

/// <summary>
/// How long a screen's question may take. The first of each kind may take longer: the program compiles it then, which is no fault of the
/// question and nothing a narrower one would mend.
/// </summary>
internal sealed class ReadLimits
{
    private readonly bool[] _ran = new bool[Enum.GetValues<ReadKind>().Length];

    public TimeSpan Usual { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Of(ReadKind kind) => Volatile.Read(ref _ran[(int)kind]) || Usual > First ? Usual : First;

    public void Ran(ReadKind kind) => Volatile.Write(ref _ran[(int)kind], true);
}
