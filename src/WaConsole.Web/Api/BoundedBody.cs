using System.Buffers;

namespace WaConsole.Web.Api;

/// <summary>Reads a whole body into memory, but never more than a bound, whether or not a length was announced.</summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <returns>The body, or null when it is longer than <paramref name="maxBytes"/>.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        switch (request.ContentLength)
        {
            case { } length when length > maxBytes:
                return null;
            case { } length:
                // One array of the right size, read into once and handed on as it is. Kestrel itself enforces the announced length.
                var whole = new byte[length];
                await request.Body.ReadExactlyAsync(whole, cancellationToken);
                return whole;
        }

        var body = new ArrayBufferWriter<byte>(FirstBuffer);
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(), cancellationToken)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                return null;
            }
        }

        return body.WrittenSpan.ToArray();
    }
}
