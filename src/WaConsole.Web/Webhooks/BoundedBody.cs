using System.Buffers;

namespace WaConsole.Web.Webhooks;

/// <summary>Reads a whole body into memory, but never more than a bound, whether or not a length was announced.</summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <returns>The body, or null when it is longer than <paramref name="maxBytes"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var announced = (int)(request.ContentLength ?? FirstBuffer);
        var body = new ArrayBufferWriter<byte>(Math.Max(announced, 1));
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(), cancellationToken)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                return null;
            }
        }

        return body.WrittenMemory;
    }
}
