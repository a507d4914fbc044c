using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WaConsole.CloudApi;

/// <summary>
/// Header <c>X-Hub-Signature-256</c>: HMAC-SHA256 of the raw body with the app's secret
/// (developers.facebook.com, webhooks, validating payloads, 2026). Verify before parsing; the bytes must be those
/// received, because Meta escapes letters in its own way.
/// </summary>
public static class WebhookSignature
{
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>
    /// True when one of the secrets made this header. Several secrets serve a rotation or several apps on one address.
    /// No header, no secret, or anything unreadable is false.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> secrets)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!TryReadHeader(header, given))
        {
            return false;
        }

        var verified = false;
        foreach (var secret in secrets)
        {
            // An empty secret would let anybody sign.
            verified |= secret.Length > 0 && IsMadeWith(secret, body, given);
        }

        return verified;
    }

    /// <summary>The header's value for a body.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret) =>
        Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static bool TryReadHeader(string? header, Span<byte> given) =>
        header is not null
        && header.StartsWith(Prefix, StringComparison.Ordinal)
        && header.Length == Prefix.Length + (2 * given.Length)
        && Convert.FromHexString(header.AsSpan(Prefix.Length), given, out _, out _) == OperationStatus.Done;

    private static bool IsMadeWith(string secret, ReadOnlySpan<byte> body, ReadOnlySpan<byte> given)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
