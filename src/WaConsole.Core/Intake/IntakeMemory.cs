using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Intake;

/// <summary>
/// What bodies of webhooks may hold of memory together, from their first byte, which nobody has signed yet, until they are on disk or
/// refused. Who needs more than is left is refused at once: WhatsApp comes again.
/// </summary>
public sealed partial class IntakeMemory
{
    public const long MostBytes = 128L * 1024 * 1024;

    private readonly ILogger<IntakeMemory> _log;
    private long _held;
    private int _isFull;

    internal IntakeMemory(ILogger<IntakeMemory> log)
    {
        _log = log;
    }

    public long Held => Interlocked.Read(ref _held);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= MostBytes)
        {
            Volatile.Write(ref _isFull, 0);
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        if (Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            LogFull(_log);
        }

        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks hold all the memory they may; WhatsApp is asked to come again")]
    private static partial void LogFull(ILogger logger);
}

/// <summary>A body with the place in memory that was taken for it. Whoever it was handed on to last gives that back.</summary>
public sealed class HeldBody(byte[] bytes, IntakeMemory memory) : IDisposable
{
    private int _isGiven;

    internal byte[] Bytes => bytes;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isGiven, 1) == 0)
        {
            memory.Give(bytes.Length);
        }
    }
}
