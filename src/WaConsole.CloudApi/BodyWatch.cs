using System.Net;

namespace WaConsole.CloudApi;

/// <summary>
/// Request content that remembers whether its first byte was handed to a connection. Before that the server cannot
/// have acted on the request, so a failure is certain not to have sent anything; after that nobody can tell.
/// </summary>
internal sealed class BodyWatch : HttpContent
{
    private readonly HttpContent _inner;
    private volatile bool _begun;

    public BodyWatch(HttpContent inner)
    {
        _inner = inner;
        foreach (var header in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public bool Begun => _begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _begun = true;
        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
