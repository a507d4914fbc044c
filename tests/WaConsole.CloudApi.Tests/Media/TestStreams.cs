using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WaConsole.CloudApi.Tests.Media;

/// <summary>Reads as so many zeros without holding them.</summary>
internal sealed class ZeroStream(long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = (int)Math.Min(count, length - _position);
        Array.Clear(buffer, offset, taken);
        _position += taken;
        return taken;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}

internal sealed class SignallingStream(TaskCompletionSource written) : MemoryStream
{
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        written.TrySetResult();
    }
}

internal sealed class FullDisk : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("No space left on device");
}

/// <summary>A server that counts a body's bytes without keeping them.</summary>
internal sealed class CountingStub : IAsyncDisposable
{
    private readonly WebApplication _server;

    private CountingStub(WebApplication server) => _server = server;

    public long LargestBody { get; private set; }

    public CloudApiAccount Account => new(new Uri(_server.Urls.Single()), "v26.0", "secret-token");

    public static async Task<CountingStub> StartAsync(string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var stub = new CountingStub(builder.Build());
        stub._server.Run(async context =>
        {
            var chunk = new byte[64 * 1024];
            var size = 0L;
            while (await context.Request.Body.ReadAsync(chunk) is > 0 and var count)
            {
                size += count;
            }

            stub.LargestBody = Math.Max(stub.LargestBody, size);
            await context.Response.WriteAsync(answer);
        });
        await stub._server.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
