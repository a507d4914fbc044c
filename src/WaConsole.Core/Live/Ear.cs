namespace WaConsole.Core.Live;

/// <summary>Listens from now on, until it is disposed.</summary>
internal sealed class Ear : IDisposable
{
    private readonly Action _end;

    public Ear(Action begin, Action end)
    {
        _end = end;
        begin();
    }

    public void Dispose() => _end();
}
