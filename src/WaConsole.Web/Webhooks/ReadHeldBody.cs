using System.Buffers;
using WaConsole.Core.Intake;

namespace WaConsole.Web.Webhooks;

/// <summary>
/// Reads the body of a webhook. Nobody has signed it yet and the length it announces is only a word, so it holds memory as it arrives, out
/// of what all of them may hold together.
/// </summary>
internal static class ReadHeldBody
{
    public const int FirstBuffer = 16 * 1024;

    /// <returns>The body, or the status that refuses it: too long, or no memory left.</returns>
    public static ValueTask<(HeldBody? Body, int Refusal)> RunAsync(
        HttpRequest request, int maxBytes, IntakeMemory memory, CancellationToken cancellationToken) => request.ContentLength switch
        {
            { } length when length > maxBytes => ValueTask.FromResult<(HeldBody?, int)>((null, StatusCodes.Status413PayloadTooLarge)),
            { } length and <= FirstBuffer => ShortAsync(request, (int)length, memory, cancellationToken),
            _ => InStepsAsync(request, maxBytes, memory, cancellationToken),
        };

    /// <summary>One array of the right size, read into once and handed on as it is. Kestrel itself enforces the announced length.</summary>
    private static async ValueTask<(HeldBody? Body, int Refusal)> ShortAsync(
        HttpRequest request, int length, IntakeMemory memory, CancellationToken cancellationToken)
    {
        if (!memory.TryTake(length))
        {
            return (null, StatusCodes.Status503ServiceUnavailable);
        }

        var bytes = new byte[length];
        var body = new HeldBody(bytes, memory);
        try
        {
            await request.Body.ReadExactlyAsync(bytes, cancellationToken);
            return (body, 0);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static async ValueTask<(HeldBody? Body, int Refusal)> InStepsAsync(
        HttpRequest request, int maxBytes, IntakeMemory memory, CancellationToken cancellationToken)
    {
        using var buffer = new Steps(memory);
        var length = 0;
        while (true)
        {
            if (length == buffer.Array.Length && !buffer.TryGrow(length))
            {
                return (null, StatusCodes.Status503ServiceUnavailable);
            }

            var read = await request.Body.ReadAsync(buffer.Array.AsMemory(length), cancellationToken);
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

    /// <summary>A borrowed array that doubles; what it holds is taken before it is borrowed.</summary>
    private sealed class Steps(IntakeMemory memory) : IDisposable
    {
        private int _taken;

        public byte[] Array { get; private set; } = [];

        public bool TryGrow(int used)
        {
            var size = Math.Max(FirstBuffer, _taken * 2);
            if (!memory.TryTake(size))
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
            if (_taken > 0)
            {
                ArrayPool<byte>.Shared.Return(Array);
                memory.Give(_taken);
                (Array, _taken) = ([], 0);
            }
        }
    }
}
