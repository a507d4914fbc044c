using System.Buffers;
using System.IO.Pipelines;

namespace WaConsole.Web.Webhooks;

/// <summary>
/// What arrives of a body, with a limit on how long all of it may take. The limit's timer begins when something has to be waited for: most
/// webhooks are there with their head, thousands a second.
/// </summary>
internal sealed class ArrivingBody(PipeReader body, TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken) : IDisposable
{
    private CancellationTokenSource? _limit;
    private CancellationTokenRegistration _leaving;

    public bool IsLate => _limit?.IsCancellationRequested == true && !cancellationToken.IsCancellationRequested;

    /// <returns>How much came; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> into)
    {
        while (true)
        {
            if (!body.TryRead(out var result))
            {
                result = await body.ReadAsync(Limit());
            }

            var part = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, into.Length));
            part.CopyTo(into.Span);
            var read = (int)part.Length;
            body.AdvanceTo(part.End);
            if (read > 0 || result.IsCompleted)
            {
                return read;
            }
        }
    }

    public void Dispose()
    {
        _leaving.Dispose();
        _limit?.Dispose();
    }

    private CancellationToken Limit()
    {
        if (_limit is null)
        {
            _limit = new CancellationTokenSource(longest, clock);
            _leaving = cancellationToken.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), _limit);
        }

        return _limit.Token;
    }
}
