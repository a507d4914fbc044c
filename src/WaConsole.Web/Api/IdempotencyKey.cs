using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WaConsole.Core.Team;

namespace WaConsole.Web.Api;

/// <summary>
/// The header <c>Idempotency-Key</c> as the client key of a message: the same key of the same API key is the same message, however often
/// and on whichever node it arrives. The hash of the request tells a repeat from a key used twice.
/// </summary>
internal sealed record IdempotencyKey(Guid ClientKey, string? RequestHash)
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 255;

    /// <returns>Null when the header is there and not usable.</returns>
    public static IdempotencyKey? Of(HttpRequest request, Caller caller, ReadOnlyMemory<byte> body)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return new IdempotencyKey(Guid.CreateVersion7(), null);
        }

        var key = values.Count == 1 ? values[0] : null;
        if (string.IsNullOrWhiteSpace(key) || key.Length > MaxLength)
        {
            return null;
        }

        var scope = string.Create(CultureInfo.InvariantCulture, $"api-key {caller.ApiKeyId} {key}");
        return new IdempotencyKey(new Guid(Sha256(scope, default).AsSpan(0, 16)), Convert.ToHexStringLower(Sha256(request.Path, body)));
    }

    /// <summary>The key of one of several messages in the same request.</summary>
    public Guid ClientKeyOf(int index) => RequestHash is null
        ? Guid.CreateVersion7()
        : new Guid(Sha256(string.Create(CultureInfo.InvariantCulture, $"{ClientKey:N} {index}"), default).AsSpan(0, 16));

    private static byte[] Sha256(string text, ReadOnlyMemory<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
        hash.AppendData(bytes.Span);
        return hash.GetHashAndReset();
    }
}
