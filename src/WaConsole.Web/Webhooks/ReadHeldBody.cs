using System.Buffers;
using WaConsole.Core.Intake;

namespace WaConsole.Web.Webhooks;

/// <summary>
/// Reads the body of a webhook. Nobody has signed it yet and the length it announces is only a word, so it holds memory as it arrives, out
/// of what all of them may hold together, and no longer than <see cref="Longest"/>: a server's least rate is an average over the whole body,
/// which lets a stranger who sent much hold it for hours.
/// </summary>
internal static class ReadHeldBody
{
    public const int FirstBuffer = 16 * 1024;

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <returns>The body, or the status that refuses it: too long, too slow, or no memory left.</returns>
    public static async ValueTask<(HeldBody? Body, int Refusal)> RunAsync(
        HttpRequest request, int maxBytes, IntakeMemory memory, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var arriving = new ArrivingBody(request.BodyReader, Longest, clock, cancellationToken);
        try
        {
            return request.ContentLength switch
            {
                { } length when length > maxBytes => (null, StatusCodes.Status413PayloadTooLarge),
                { } length and <= FirstBuffer => await ShortAsync(arriving, (int)length, memory),
                _ => await InStepsAsync(arriving, maxBytes, memory),
            };
        }
        catch (OperationCanceledException) when (arriving.IsLate)
        {
            return (null, StatusCodes.Status408RequestTimeout);
        }
    }

    /// <summary>One array of the right size, read into once and handed on as it is. Kestrel itself enforces the announced length.</summary>
    private static async ValueTask<(HeldBody? Body, int Refusal)> ShortAsync(ArrivingBody arriving, int length, IntakeMemory memory)
    {
        if (!memory.TryTake(length))
        {
            return (null, StatusCodes.Status503ServiceUnavailable);
        }

        var bytes = new byte[length];
        var body = new HeldBody(bytes, memory);
        try
        {
            for (var read = 0; read < length;)
            {
                var more = await arriving.ReadAsync(bytes.AsMemory(read));
                read += more > 0 ? more : throw new EndOfStreamException();
            }

            return (body, 0);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static async ValueTask<(HeldBody? Body, int Refusal)> InStepsAsync(ArrivingBody arriving, int maxBytes, IntakeMemory memory)
    {
        using var buffer = new Steps(memory);
        var length = 0;
        while (true)
        {
            if (length == buffer.Array.Length && !buffer.TryGrow(length))
            {
                return (null, StatusCodes.Status503ServiceUnavailable);
            }

            var read = await arriving.ReadAsync(buffer.Array.AsMemory(length));
            if (read == 0)
            {
                break;
            }

            length += read;
            if (length > maxBytes)
            {
                return (null, StatusCodes.Status413PayloadTooLarge);
            }
        }

        return memory.TryTake(length)
            ? (new HeldBody(buffer.Array.AsSpan(0, length).ToArray(), memory), 0)
            : (null, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>A borrowed array that doubles; what it holds is taken before it is borrowed. Past the first it counts as a long body.</summary>
    private sealed class Steps(IntakeMemory memory) : IDisposable
    {
        private int _taken;

        public byte[] Array { get; private set; } = [];

        public bool TryGrow(int used)
        {
            var size = Math.Max(FirstBuffer, _taken * 2);
            if (!(size > FirstBuffer ? memory.TryTakeUnfinished(size) : memory.TryTake(size)))
            {
                return false;
            }

            // Sizes are powers of two, which the pool lends as they are.
            var larger = ArrayPool<byte>.Shared.Rent(size);
            Array.AsSpan(0, used).CopyTo(larger);
            Dispose();
            (Array, _taken) = (larger, size);
            return true;
        }

        public void Dispose()
        {
            if (_taken == 0)
            {
                return;
            }

            ArrayPool<byte>.Shared.Return(Array);
            if (_taken > FirstBuffer)
            {
                memory.GiveUnfinished(_taken);
            }
            else
            {
                memory.Give(_taken);
            }

            (Array, _taken) = ([], 0);
        }
    }
}
