using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Intake;

/// <summary>
/// What bodies of webhooks may hold of memory together, from their first byte, which nobody has signed yet, until they are on disk or
/// refused. Who needs more than is left is refused at once: WhatsApp comes again. Long bodies that are still arriving share a part of it,
/// so that strangers who send many of them leave room for what is signed and short.
/// </summary>
public sealed partial class IntakeMemory
{
    public const long MostBytes = 128L * 1024 * 1024;

    public const long MostUnfinishedBytes = MostBytes / 2;

    private readonly Share _all = new(MostBytes);
    private readonly Share _unfinished = new(MostUnfinishedBytes);
    private readonly ILogger<IntakeMemory> _log;

    internal IntakeMemory(ILogger<IntakeMemory> log)
    {
        _log = log;
    }

    public long Held => _all.Held;

    public bool TryTake(long bytes)
    {
        if (_all.TryTake(bytes, out var isFirst))
        {
            return true;
        }

        if (isFirst)
        {
            LogFull(_log);
        }

        return false;
    }

    public void Give(long bytes) => _all.Give(bytes);

    /// <summary>For a long body that is still arriving.</summary>
    public bool TryTakeUnfinished(long bytes)
    {
        if (!_unfinished.TryTake(bytes, out var isFirst))
        {
            if (isFirst)
            {
                LogUnfinished(_log);
            }

            return false;
        }

        if (TryTake(bytes))
        {
            return true;
        }

        _unfinished.Give(bytes);
        return false;
    }

    public void GiveUnfinished(long bytes)
    {
        _all.Give(bytes);
        _unfinished.Give(bytes);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks hold all the memory they may; WhatsApp is asked to come again")]
    private static partial void LogFull(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Long webhooks that are still arriving hold all the memory they may; who sends another is asked to come again. Short ones are taken")]
    private static partial void LogUnfinished(ILogger logger);

    private sealed class Share(long most)
    {
        private long _held;
        private int _isFull;

        public long Held => Interlocked.Read(ref _held);

        /// <param name="bytes">As much more.</param>
        /// <param name="isFirst">The first that was refused since half of it was free.</param>
        public bool TryTake(long bytes, out bool isFirst)
        {
            var held = Interlocked.Add(ref _held, bytes);
            if (held <= most)
            {
                if (held <= most / 2)
                {
                    Volatile.Write(ref _isFull, 0);
                }

                isFirst = false;
                return true;
            }

            Interlocked.Add(ref _held, -bytes);
            isFirst = Interlocked.Exchange(ref _isFull, 1) == 0;
            return false;
        }

        public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
    }
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
